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
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the bytes of one event into an {@link Envelope}: the Segment spec's JSON, or CloudEvents
 * 1.0 in structured or binary Kafka mode. One pass over the tokens; only the properties become a
 * tree, the context stays a slice of the input. Not thread-safe: one a task.
 *
 * <p>Sources: Segment spec (common fields); CloudEvents 1.0 JSON format and Kafka protocol binding;
 * RFC 8259 with limits on size, depth and number length.
 */
final class EnvelopeParser {
  static final int MAX_DEPTH = 100;
  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final int MAX_ID_CHARS = 1024;

  private final int maxBytes;
  private final JsonFactory factory;
  private final ObjectReader trees;
  private final Utf8 utf8 = new Utf8();
  private final CloudEvent cloudEvent = new CloudEvent();

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
  }

  /** Checks what must hold for every record before a parser sees it. */
  void check(byte[] bytes) throws RejectedEvent {
    if (bytes == null || bytes.length == 0) {
      throw new RejectedEvent(RejectReason.EMPTY, "", "the record has no bytes");
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
   *     (from, to) of the events of a batch ({@code {"batch": […]}}), with the batch's own {@code
   *     sentAt} in {@code into}
   * @throws RejectedEvent when the bytes are no event
   */
  List<int[]> parse(byte[] bytes, int from, int to, Map<String, byte[]> headers, Envelope into)
      throws RejectedEvent {
    into.clear();
    into.bytes = bytes;
    cloudEvent.clear();
    try {
      if (!headers.isEmpty() && headers.containsKey("ce_specversion")) {
        cloudEvent.readHeaders(headers);
        cloudEvent.data = trees.readTree(bytes, from, to - from);
        cloudEvent.fill(into);
        return List.of();
      }
      try (JsonParser parser = factory.createParser(bytes, from, to - from)) {
        List<int[]> batch = readRoot(parser, from, into);
        if (!batch.isEmpty()) {
          return batch;
        }
      }
    } catch (StreamConstraintsException e) {
      throw constraint(e);
    } catch (JsonParseException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new RejectedEvent(RejectReason.MALFORMED_JSON, "", e.getMessage());
    }
    if (cloudEvent.specVersion != null) {
      cloudEvent.fill(into);
    } else {
      SegmentRules.complete(into);
    }
    return List.of();
  }

  private List<int[]> readRoot(JsonParser p, int base, Envelope e)
      throws IOException, RejectedEvent {
    if (p.nextToken() != JsonToken.START_OBJECT) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE, "", "an event is a JSON object, not " + p.currentToken());
    }
    List<int[]> batch = List.of();
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      p.nextToken();
      if (name.equals("batch") && p.currentToken() == JsonToken.START_ARRAY) {
        batch = readBatch(p, base);
      } else {
        readMember(p, base, name, e);
      }
    }
    if (p.nextToken() != null) {
      throw new RejectedEvent(
          RejectReason.MALFORMED_JSON, "", "there is more after the end of the event's object");
    }
    return batch;
  }

  private void readMember(JsonParser p, int base, String name, Envelope e)
      throws IOException, RejectedEvent {
    switch (name) {
      case "type" -> e.type = text(p, name);
      case "event" -> e.event = text(p, name);
      case "name" -> {
        if (e.event == null) {
          e.event = text(p, name);
        } else {
          rest(p, base, name, e);
        }
      }
      case "messageId" -> e.messageId = text(p, name);
      case "anonymousId" -> e.anonymousId = text(p, name);
      case "userId" -> e.userId = text(p, name);
      case "groupId" -> e.groupId = text(p, name);
      case "previousId" -> e.previousId = text(p, name);
      case "timestamp" -> e.timestamp = time(p, name);
      case "originalTimestamp" -> e.originalTimestamp = time(p, name);
      case "sentAt" -> e.sentAt = time(p, name);
      case "receivedAt" -> e.receivedAt = time(p, name);
      case "properties" -> e.data = merge(e.data, object(p, name));
      case "traits" -> e.data = merge(e.data, object(p, name));
      case "context" -> readContext(p, base, e);
      case "schema" -> e.schemaUri = text(p, name);
      case "channel" -> {
        if (e.source == null) {
          e.source = text(p, name);
        } else {
          rest(p, base, name, e);
        }
      }
      case "source" -> cloudEvent.source = e.source = text(p, name);
      case "specversion" -> cloudEvent.specVersion = text(p, name);
      case "id" -> cloudEvent.id = text(p, name);
      case "subject" -> cloudEvent.subject = text(p, name);
      case "time" -> cloudEvent.time = time(p, name);
      case "dataschema" -> cloudEvent.dataSchema = text(p, name);
      case "datacontenttype" -> cloudEvent.dataContentType = text(p, name);
      case "data" -> cloudEvent.data = trees.readTree(p);
      case "data_base64" -> cloudEvent.data = base64(p);
      default -> rest(p, base, name, e);
    }
  }

  private JsonNode base64(JsonParser p) throws IOException, RejectedEvent {
    try {
      return trees.readTree(java.util.Base64.getDecoder().decode(p.getValueAsString("")));
    } catch (IllegalArgumentException e) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE, "/data_base64", "not base64: " + e.getMessage());
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
        case "ip" -> e.ip = scalar(p);
        case "sessionId" -> e.sessionId = scalar(p);
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
        e.pagePath = scalar(p);
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
        e.schemaUri = scalar(p);
      } else {
        p.skipChildren();
      }
    }
  }

  /** The text of a scalar, or null; structures are passed over, they stay in the context's JSON. */
  private static String scalar(JsonParser p) throws IOException {
    JsonToken token = p.currentToken();
    if (token.isStructStart()) {
      p.skipChildren();
      return null;
    }
    return token == JsonToken.VALUE_NULL ? null : p.getText();
  }

  private static List<int[]> readBatch(JsonParser p, int base) throws IOException {
    List<int[]> ranges = new ArrayList<>();
    while (p.nextToken() != JsonToken.END_ARRAY) {
      int start = base + (int) p.currentTokenLocation().getByteOffset();
      p.skipChildren();
      if (!p.currentToken().isStructEnd()) {
        p.getText(); // a scalar is read lazily: finish it, so that its end is known
      }
      ranges.add(new int[] {start, base + (int) p.currentLocation().getByteOffset()});
    }
    return ranges;
  }

  private static void rest(JsonParser p, int base, String name, Envelope e) throws IOException {
    int start = base + (int) p.currentTokenLocation().getByteOffset();
    p.skipChildren();
    if (!p.currentToken().isStructEnd()) {
      p.getText();
    }
    int end = base + (int) p.currentLocation().getByteOffset();
    e.rest = e.rest == null ? new StringBuilder("{") : e.rest.append(',');
    e.rest
        .append('"')
        .append(com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(name));
    e.rest
        .append("\":")
        .append(new String(e.bytes, start, end - start, StandardCharsets.UTF_8).strip());
  }

  private static String text(JsonParser p, String name) throws IOException, RejectedEvent {
    JsonToken token = p.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
      String text = p.getText();
      if (text.length() > MAX_ID_CHARS) {
        throw new RejectedEvent(
            RejectReason.INVALID_ENVELOPE,
            "/" + name,
            name + " has " + text.length() + " characters, the limit is " + MAX_ID_CHARS);
      }
      return text.isEmpty() ? null : text;
    }
    throw new RejectedEvent(
        RejectReason.INVALID_ENVELOPE, "/" + name, name + " is a string, not " + token);
  }

  private static long time(JsonParser p, String name) throws IOException, RejectedEvent {
    JsonToken token = p.currentToken();
    try {
      switch (token) {
        case VALUE_NULL:
          return Envelope.ABSENT;
        case VALUE_STRING:
          return EventTime.parse(p.getText());
        case VALUE_NUMBER_INT:
          return EventTime.fromMillis(p.getLongValue());
        default:
          throw new DateTimeException("a time is a string or a number");
      }
    } catch (DateTimeException | com.fasterxml.jackson.core.exc.InputCoercionException e) {
      throw new RejectedEvent(
          RejectReason.INVALID_TIMESTAMP,
          "/" + name,
          name + " is no RFC 3339 time: " + e.getMessage());
    }
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
