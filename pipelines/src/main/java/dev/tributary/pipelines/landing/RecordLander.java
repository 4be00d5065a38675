package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.types.UnrepresentableException;
import dev.tributary.schemas.validation.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The way of one record, for as long as a task lives: parse, find the schema, validate, decode,
 * correct the time, drop what is known, write. Every event of the record ends in exactly one of
 * three places: its typed table and the timeline, {@code bronze.rejected}, or the count of
 * duplicates. Knows nothing of Spark.
 */
final class RecordLander {
  private static final byte[] NOTHING = {};

  private final LandingPlan plan;
  private final LandingLimits limits;
  private final OpenFiles files;
  private final Long landedAt;
  private final String sourceName;
  private final EnvelopeParser parser;
  private final Envelope envelope = new Envelope();
  private final boolean replay;
  private boolean probing;

  /**
   * @param landedAt the batch's time, microseconds since the epoch
   * @param sourceName the source system where an event does not name its own
   * @param replay records were refused before: what is refused again is only counted by its reason
   */
  RecordLander(
      LandingPlan plan,
      LandingLimits limits,
      OpenFiles files,
      long landedAt,
      String sourceName,
      boolean replay) {
    this.plan = plan;
    this.limits = limits;
    this.files = files;
    this.landedAt = landedAt;
    this.sourceName = sourceName;
    this.replay = replay;
    this.parser = new EnvelopeParser(limits.maxRecordBytes());
  }

  /**
   * Lands one record.
   *
   * @param known the ids its partition delivered before, or null where duplicates are not looked
   *     for
   */
  void land(RawRecord record, IdIndex known, PartitionCounts counts) throws IOException {
    if (!replay) {
      counts.saw(record);
    }
    envelope.clear();
    List<int[]> batch;
    try {
      checkMapped(record);
      parser.check(record.value, record.headers);
      record.value = record.value == null ? NOTHING : record.value;
      batch = parser.parse(record.value, 0, record.value.length, record.headers, envelope);
      if (batch.isEmpty()) {
        admit(record, record.index, 0, record.value.length, known, counts);
        return;
      }
      if (replay) {
        probe(record, batch, counts);
      }
    } catch (RejectedEvent e) {
      reject(record, record.index, record.value, e, counts);
      return;
    }
    long sentAt = envelope.sentAt;
    for (int i = 0; i < batch.size(); i++) {
      landMember(record, i, batch.get(i), sentAt, known, counts);
    }
  }

  private static void checkMapped(RawRecord record) throws RejectedEvent {
    byte[] refusal = record.headers.get(RawRecord.REFUSED);
    if (refusal != null) {
      throw new RejectedEvent(
          RejectReason.MALFORMED_ROW, "", new String(refusal, StandardCharsets.UTF_8));
    }
  }

  /**
   * In a replay the whole batch is one row of {@code bronze.rejected}, so it lands whole or not.
   */
  private void probe(RawRecord record, List<int[]> batch, PartitionCounts counts)
      throws RejectedEvent, IOException {
    if (record.index > 0) {
      throw batchInBatch();
    }
    long sentAt = envelope.sentAt;
    probing = true;
    try {
      for (int i = 0; i < batch.size(); i++) {
        admitMember(record, i, batch.get(i), sentAt, null, counts);
      }
    } finally {
      probing = false;
      envelope.sentAt = sentAt;
    }
  }

  private void landMember(
      RawRecord record, int index, int[] range, long sentAt, IdIndex known, PartitionCounts counts)
      throws IOException {
    try {
      admitMember(record, index, range, sentAt, known, counts);
    } catch (RejectedEvent e) {
      byte[] member = java.util.Arrays.copyOfRange(record.value, range[0], range[1]);
      reject(record, index, member, e, counts);
    }
  }

  private void admitMember(
      RawRecord record, int index, int[] range, long sentAt, IdIndex known, PartitionCounts counts)
      throws RejectedEvent, IOException {
    List<int[]> nested = parser.parse(record.value, range[0], range[1], record.headers, envelope);
    if (!nested.isEmpty()) {
      throw batchInBatch();
    }
    if (envelope.sentAt == Envelope.ABSENT) {
      envelope.sentAt = sentAt;
    }
    admit(record, index, range[0], range[1], known, counts);
  }

  private static RejectedEvent batchInBatch() {
    return new RejectedEvent(
        RejectReason.INVALID_ENVELOPE, RejectedReplay.NESTED_BATCH, "a batch in a batch");
  }

  private void admit(
      RawRecord record, int index, int from, int to, IdIndex known, PartitionCounts counts)
      throws RejectedEvent, IOException {
    Envelope e = envelope;
    LandingPlan.Target target = plan.target(e);
    ObjectNode data = target.data(e);
    Optional<Violation> violation = target.validator().validate(data);
    if (violation.isPresent()) {
      Violation v = violation.get();
      throw new RejectedEvent(
              RejectReason.SCHEMA_VIOLATION, LandingPlan.dataPointer(e) + v.pointer(), v.message())
          .against(target.schemaUri());
    }
    Object[] properties = decode(e, data, target);
    if (e.messageId == null) {
      e.messageId = "derived:" + contentHash(record.value, from, to);
      e.messageIdDerived = true;
    }
    if (e.source == null) {
      e.source = sourceName;
    }
    // The clock's skew shows between sending and receipt, which a file's time is not.
    boolean received = record.timeIsReceipt || e.receivedAt != Envelope.ABSENT;
    if (e.receivedAt == Envelope.ABSENT) {
      e.receivedAt = record.timeMicros;
    }
    long sentAt = received ? e.sentAt : Envelope.ABSENT;
    long eventTime = EventTime.corrected(e.originalTimestamp, sentAt, e.receivedAt);
    limits.checkTime(eventTime, e.receivedAt);
    if (probing) {
      return;
    }
    if (replay) {
      counts.saw(record);
    }
    counts.events++;
    if (known != null && !known.add(e.messageId)) {
      counts.duplicates++;
      return;
    }
    counts.accepted++;
    int day = EventTime.day(eventTime);
    files.write(
        target.table().layout(),
        day,
        target.table().row(e, target, properties, eventTime, record, index));
    files.write(
        FixedTables.ACTIVITY,
        day,
        FixedTables.activity(e, target, eventTime, record, index, landedAt));
  }

  private Object[] decode(Envelope e, ObjectNode data, LandingPlan.Target target)
      throws RejectedEvent {
    try {
      return target.decoder().decode(data);
    } catch (UnrepresentableException u) {
      throw new RejectedEvent(
              RejectReason.VALUE_OUT_OF_RANGE,
              LandingPlan.dataPointer(e) + u.pointer(),
              u.getMessage())
          .against(target.schemaUri());
    }
  }

  private void reject(
      RawRecord record, int index, byte[] raw, RejectedEvent e, PartitionCounts counts)
      throws IOException {
    counts.reasons[e.reason().ordinal()]++;
    if (replay) {
      return;
    }
    counts.events++;
    counts.rejected++;
    files.write(
        FixedTables.REJECTED,
        EventTime.day(landedAt),
        FixedTables.rejected(envelope, e, record, index, raw, headers(record), landedAt));
  }

  private static String contentHash(byte[] bytes, int from, int to) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bytes, from, to - from);
      return HexFormat.of().formatHex(sha256.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The headers as one JSON object, for {@code bronze.rejected}; null when there are none. */
  private static String headers(RawRecord record) {
    if (record.headers.isEmpty()) {
      return null;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    record.headers.forEach((name, value) -> object.put(name, value));
    return object.toString();
  }
}
