package dev.tributary.pipelines.landing;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.util.SerializableConfiguration;

/**
 * One pass over one task's share of a batch: rows (landed_from, partition, offset, time, value,
 * headers; in a replay also index) in, data files of all tables out. Nothing is shuffled, cached or
 * encoded by Spark.
 */
final class LandingTask implements FlatMapFunction<Iterator<InternalRow>, TaskResult> {
  private static final long serialVersionUID = 1L;

  private final BatchContext context;
  private final Broadcast<PlanDocuments> documents;
  private final Broadcast<SerializableConfiguration> hadoop;

  LandingTask(
      BatchContext context,
      Broadcast<PlanDocuments> documents,
      Broadcast<SerializableConfiguration> hadoop) {
    this.context = context;
    this.documents = documents;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<TaskResult> call(Iterator<InternalRow> rows) throws IOException {
    return rows.hasNext()
        ? List.of(new Run(context, documents.value(), hadoop.value().value()).land(rows)).iterator()
        : java.util.Collections.emptyIterator();
  }

  /** The state of one attempt. */
  private static final class Run {
    private final BatchContext context;
    private final Configuration hadoop;
    private final OpenFiles files;
    private final RecordLander lander;
    private final RawRecord record = new RawRecord();
    private final Map<String, Share> shares = new LinkedHashMap<>();
    private final long now = System.currentTimeMillis() * 1000;
    private Share share;

    Run(BatchContext context, PlanDocuments documents, Configuration hadoop) {
      this.context = context;
      this.hadoop = hadoop;
      int task = TaskContext.getPartitionId();
      this.files =
          new OpenFiles(context.lake(), hadoop, "part-%05d-%03d".formatted(context.batch(), task));
      this.lander =
          new RecordLander(
              LandingPlan.of(documents),
              context.limits(),
              files,
              context.landedAtMicros(),
              context.sourceName(),
              context.replay());
    }

    /** What this attempt knows of one partition. */
    private static final class Share {
      final String key;
      final PartitionCounts counts;
      final IdIndex ids;
      final long landedUntil;

      Share(String key, PartitionCounts counts, IdIndex ids, long landedUntil) {
        this.key = key;
        this.counts = counts;
        this.ids = ids;
        this.landedUntil = landedUntil;
      }
    }

    TaskResult land(Iterator<InternalRow> rows) throws IOException {
      try {
        while (rows.hasNext()) {
          read(rows.next());
          if (share.ids == null && context.deduplicate()) {
            files.abandon(new IOException("ids are missing"));
            return new TaskResult(List.of(), List.of(), List.of(share.key));
          }
          if (record.offset < share.landedUntil) {
            share.counts.redelivered(record);
          } else {
            lander.land(record, share.ids, share.counts);
          }
        }
        List<WrittenFile> written = files.close();
        shares.values().forEach(this::keepIds);
        return new TaskResult(
            written, shares.values().stream().map(s -> s.counts).toList(), List.of());
      } catch (IOException | RuntimeException e) {
        files.abandon(e);
        throw e;
      }
    }

    private void keepIds(Share done) {
      if (context.deduplicate() && !context.numbered()) {
        done.ids.end(done.counts.maxTimeMicros);
        KnownIds.put(context.application(), done.key, context.batch(), done.ids);
      }
    }

    private void read(InternalRow row) throws IOException {
      String from = row.getUTF8String(0).toString();
      int partition = row.getInt(1);
      if (share == null || record.partition != partition || !from.equals(record.landedFrom)) {
        record.landedFrom = from;
        record.timeIsReceipt = from.indexOf('/') < 0; // a file has a URI, a topic has no slash
        record.partition = partition;
        String key = BatchContext.partition(from, partition);
        share = shares.get(key);
        if (share == null) {
          share = open(key);
          shares.put(key, share);
        }
      }
      record.offset = row.isNullAt(2) ? share.counts.records + 1 : row.getLong(2);
      record.index = context.replay() ? row.getInt(6) : 0;
      record.timeMicros = row.isNullAt(3) ? now : Math.min(now, row.getLong(3));
      record.value = row.isNullAt(4) ? null : row.getBinary(4);
      record.headers = row.isNullAt(5) ? Map.of() : headers(row.getArray(5));
    }

    private Share open(String key) throws IOException {
      PartitionCounts counts = new PartitionCounts(record.landedFrom, record.partition);
      long landedUntil = context.landedUntil().getOrDefault(key, Long.MIN_VALUE);
      IdIndex ids = context.deduplicate() ? ids(key) : null;
      if (ids != null) {
        ids.begin(context.horizonSeconds() * 1_000_000L, context.maxIdsAPartition());
      }
      return new Share(key, counts, ids, landedUntil);
    }

    private IdIndex ids(String key) throws IOException {
      if (context.numbered()) {
        return new IdIndex();
      }
      long after = context.lastBatch().getOrDefault(key, BatchContext.NEVER);
      IdIndex held = KnownIds.take(context.application(), key, after);
      if (held != null) {
        return held;
      }
      BatchContext.IdFiles source = context.idFiles() == null ? null : context.idFiles().get(key);
      if (source != null) {
        return IdReader.read(source, record.landedFrom, record.partition, hadoop);
      }
      boolean nothingLanded =
          after == BatchContext.NEVER && !context.landedUntil().containsKey(key);
      return nothingLanded || context.idFiles() != null ? new IdIndex() : null;
    }

    private static Map<String, byte[]> headers(ArrayData array) {
      if (array.numElements() == 0) {
        return Map.of();
      }
      Map<String, byte[]> headers = new HashMap<>();
      for (int i = 0; i < array.numElements(); i++) {
        InternalRow header = array.getStruct(i, 2);
        if (!header.isNullAt(1)) {
          headers.put(
              header.getUTF8String(0).toString().toLowerCase(Locale.ROOT), header.getBinary(1));
        }
      }
      return headers;
    }
  }
}
