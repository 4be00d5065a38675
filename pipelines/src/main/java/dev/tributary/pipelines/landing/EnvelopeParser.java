package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Reads the bytes of one event into an {@link Envelope}: the Segment spec's JSON, CloudEvents 1.0
 * in structured, batch or binary Kafka mode, and what Snowplow's and PostHog's libraries send. One
 * pass over the tokens; only the properties become a tree, the context stays a slice of the input.
 * Not thread-safe: one a task.
 *
 * <p>Sources: Segment spec (common fields); CloudEvents 1.0 JSON format and Kafka protocol binding;
 * RFC 8259 with limits on size, depth and number length.
 */
final class EnvelopeParser {
  static final int MAX_DEPTH = 100;
  private static final int MAX_NUMBER_LENGTH = 1000;

  private final int maxBytes;
  private final JsonFactory factory;
  private final ObjectReader trees;
  private final Utf8 utf8 = new Utf8();
  private final InnerJson inner;
  private final CloudEvent cloudEvent;
  private final SnowplowEvent snowplow;

  /** Whether the event has members of the Snowplow or PostHog wire form. */
  private boolean foreign;

  EnvelopeParser(int maxBytes) {
    this.maxBytes = maxBytes;
    factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(maxBytes)
                    .build())
            .build();
    trees = new ObjectMapper(factory).reader();
    inner = new InnerJson(trees);
    cloudEvent = new CloudEvent(inner);
    snowplow = new SnowplowEvent(inner);
  }

  /**
   * Checks what must hold for every record before a parser sees it.
   *
   * @param headers a CloudEvent in binary mode may have no data
   */
  void check(byte[] bytes, Map<String, byte[]> headers) throws RejectedEvent {
    if ((bytes == null || bytes.length == 0) && !CloudEvent.isIn(headers)) {
      throw new RejectedEvent(RejectReason.EMPTY, "", "the record has no bytes");
    }
    if (bytes == null) {
      return;
    }
    if (bytes.length > maxBytes) {
      throw new RejectedEvent(
          RejectReason.TOO_LARGE,
          "",
          "the record has " + bytes.length + " bytes, the limit max-record-bytes is " + maxBytes);
    }
    int fault = utf8.firstFault(bytes, 0, bytes.length);
    if (fault >= 0) {
      throw new RejectedEvent(
          RejectReason.INVALID_UTF8, "", "not sound Unicode at byte " + fault + " of the record");
    }
  }

  /**
   * Reads one event.
   *
   * @param headers Kafka headers, for CloudEvents in binary mode
   * @return empty for a single event, which is then in {@code into}; otherwise the byte ranges
   *     (from, to) of the events of a batch ({@code {"batch": […]}}, a JSON array, or a Snowplow
   *     payload), with the batch's own {@code sentAt} in {@code into}
   * @throws RejectedEvent when the bytes are no event
   */
  List<int[]> parse(byte[] bytes, int from, int to, Map<String, byte[]> headers, Envelope into)
      throws RejectedEvent {
    into.clear();
    into.bytes = bytes;
    cloudEvent.clear();
    foreign = false;
    if (CloudEvent.isIn(headers)) {
      cloudEvent.fillFromHeaders(headers, bytes, from, to, into);
      return List.of();
    }
    requireUtf8(bytes, from, to);
    try {
      List<int[]> batch = readRoot(bytes, from, to, into);
      if (batch.isEmpty()) {
        complete(bytes, from, to, into);
      }
      return batch;
    } catch (StreamConstraintsException e) {
      throw constraint(e);
    } catch (JsonParseException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new RejectedEvent(RejectReason.MALFORMED_JSON, "", e.getMessage());
    }
  }

  /** The parser would guess UTF-16 or UTF-32 from a zero byte, which no JSON text has in UTF-8. */
  private static void requireUtf8(byte[] bytes, int from, int to) throws RejectedEvent {
    for (int i = from; i < Math.min(to, from + 4); i++) {
      if (bytes[i] == 0) {
        throw new RejectedEvent(
            RejectReason.MALFORMED_JSON, "", "a zero byte at byte " + i + " of the record");
      }
    }
  }

  /** What remains once all members of a single event are read. */
  private void complete(byte[] bytes, int from, int to, Envelope into)
      throws IOException, RejectedEvent {
    if (cloudEvent.specVersion != null) {
      cloudEvent.fillFromMembers(bytes, trees, into);
      return;
    }
    if (foreign || isPostHog(into.data)) {
      ObjectNode object = (ObjectNode) trees.readTree(bytes, from, to - from);
      if (SnowplowEvent.is(object)) {
        into.clear();
        snowplow.fill(object, into);
        return;
      }
      if (PostHogEvent.is(object)) {
        into.clear();
        PostHogEvent.fill(object, into);
        return;
      }
    }
    cloudEvent.keepAsRest(bytes, into);
    SegmentRules.complete(into);
  }

  private static boolean isPostHog(ObjectNode properties) {
    return properties != null && properties.has("distinct_id") && properties.has("token");
  }

  private List<int[]> readRoot(byte[] bytes, int from, int to, Envelope e)
      throws IOException, RejectedEvent {
    try (JsonParser p = factory.createParser(bytes, from, to - from)) {
      List<int[]> batch =
          p.nextToken() == JsonToken.START_ARRAY
              ? filled(Tokens.slices(p, from), "")
              : readMembers(p, from, e);
      if (p.nextToken() != null) {
        throw new RejectedEvent(
            RejectReason.MALFORMED_JSON, "", "there is more after the end of the event");
      }
      return batch;
    }
  }

  private List<int[]> readMembers(JsonParser p, int base, Envelope e)
      throws IOException, RejectedEvent {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE, "", "an event is a JSON object, not " + p.currentToken());
    }
    List<int[]> batch = List.of();
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      p.nextToken();
      if (name.equals("batch") && p.currentToken() == JsonToken.START_ARRAY) {
        batch = filled(Tokens.slices(p, base), "/batch");
      } else {
        readMember(p, base, name, e);
      }
    }
    int[] data = cloudEvent.slice("data");
    if (data != null && SnowplowEvent.isPayload(e.schemaUri) && e.bytes[data[0]] == '[') {
      try (JsonParser events = factory.createParser(e.bytes, data[0], data[1] - data[0])) {
        events.nextToken();
        return filled(Tokens.slices(events, data[0]), "/data");
      }
    }
    return batch;
  }

  private static List<int[]> filled(List<int[]> batch, String pointer) throws RejectedEvent {
    if (batch.isEmpty()) {
      throw new RejectedEvent(RejectReason.INVALID_ENVELOPE, pointer, "a batch without events");
    }
    return batch;
  }

  private void readMember(JsonParser p, int base, String name, Envelope e)
      throws IOException, RejectedEvent {
    switch (name) {
      case "type" -> e.type = Tokens.text(p, name);
      case "event" -> e.event = Tokens.text(p, name);
      case "name" -> {
        if (e.event == null) {
          e.event = Tokens.text(p, name);
        } else {
          rest(p, base, name, e);
        }
      }
      case "messageId" -> e.messageId = Tokens.text(p, name);
      case "anonymousId" -> e.anonymousId = Tokens.text(p, name);
      case "userId" -> e.userId = Tokens.text(p, name);
      case "groupId" -> e.groupId = Tokens.text(p, name);
      case "previousId" -> e.previousId = Tokens.text(p, name);
      case "timestamp" -> e.timestamp = Tokens.time(p, name);
      case "originalTimestamp" -> e.originalTimestamp = Tokens.time(p, name);
      case "sentAt", "sent_at" -> e.sentAt = Tokens.time(p, name);
      case "receivedAt" -> e.receivedAt = Tokens.time(p, name);
      case "properties" -> e.data = merge(e.data, object(p, name));
      case "traits" -> e.data = merge(e.data, object(p, name));
      case "context" -> readContext(p, base, e);
      case "schema" -> e.schemaUri = Tokens.text(p, name);
      case "channel" -> {
        if (e.source == null) {
          e.source = Tokens.text(p, name);
        } else {
          rest(p, base, name, e);
        }
      }
      case "source" -> e.source = Tokens.text(p, name);
      case "specversion" -> cloudEvent.specVersion = Tokens.text(p, name);
      case "tv", "distinct_id" -> {
        foreign = true;
        rest(p, base, name, e);
      }
      case "id", "subject", "time", "dataschema", "datacontenttype", "data", "data_base64" ->
          cloudEvent.keep(name, Tokens.slice(p, base));
      default -> rest(p, base, name, e);
    }
  }

  private void readContext(JsonParser p, int base, Envelope e) throws IOException, RejectedEvent {
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (p.currentToken() != JsonToken.START_OBJECT) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE,
          "/context",
          "context is an object, not " + p.currentToken());
    }
    e.contextFrom = base + (int) p.currentTokenLocation().getByteOffset();
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      JsonToken token = p.nextToken();
      switch (name) {
        case "ip" -> e.ip = Tokens.scalar(p);
        case "sessionId" -> e.sessionId = Tokens.scalar(p);
        case "page" -> readPage(p, e);
        case "protocols" -> readProtocols(p, e);
        default -> {
          if (token.isStructStart()) {
            p.skipChildren();
          }
        }
      }
    }
    e.contextLength = base + (int) p.currentLocation().getByteOffset() - e.contextFrom;
  }

  private static void readPage(JsonParser p, Envelope e) throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      p.nextToken();
      if (name.equals("path")) {
        e.pagePath = Tokens.scalar(p);
      } else {
        p.skipChildren();
      }
    }
  }

  private static void readProtocols(JsonParser p, Envelope e) throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      p.nextToken();
      if (name.equals("schema")) {
        e.schemaUri = Tokens.scalar(p);
      } else {
        p.skipChildren();
      }
    }
  }

  private static void rest(JsonParser p, int base, String name, Envelope e) throws IOException {
    int[] slice = Tokens.slice(p, base);
    e.rest(
        name, new String(e.bytes, slice[0], slice[1] - slice[0], StandardCharsets.UTF_8).strip());
  }

  private ObjectNode object(JsonParser p, String name) throws IOException, RejectedEvent {
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (p.currentToken() != JsonToken.START_OBJECT) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE,
          "/" + name,
          name + " is an object, not " + p.currentToken());
    }
    return (ObjectNode) (JsonNode) trees.readTree(p);
  }

  /** An event with both properties and traits keeps both; on one name the later member wins. */
  private static ObjectNode merge(ObjectNode first, ObjectNode second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    first.setAll(second);
    return first;
  }

  private static RejectedEvent constraint(StreamConstraintsException e) {
    String message = e.getOriginalMessage();
    RejectReason reason =
        message.contains("nesting depth")
            ? RejectReason.NESTED_TOO_DEEP
            : RejectReason.MALFORMED_JSON;
    return new RejectedEvent(reason, "", message);
  }

  private static RejectedEvent malformed(JsonParseException e) {
    String message = e.getOriginalMessage();
    if (message.startsWith("Duplicate field")) {
      return new RejectedEvent(RejectReason.DUPLICATE_KEY, "", message);
    }
    long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
    return new RejectedEvent(RejectReason.MALFORMED_JSON, "", message + " (byte " + at + ")");
  }
}
