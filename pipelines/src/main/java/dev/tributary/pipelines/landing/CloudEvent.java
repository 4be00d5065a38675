package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Map;

/**
 * The attributes of a CloudEvent (specification 1.0) while it is read, and how they become an
 * {@link Envelope}: {@code type} is the event's name, {@code source} and {@code id} together its
 * message id (the specification makes only the pair unique), {@code subject} its user.
 */
final class CloudEvent {
  String specVersion;
  String id;
  String source;
  String type;
  String subject;
  String dataSchema;
  String dataContentType;
  long time;
  JsonNode data;

  void clear() {
    specVersion = id = source = type = subject = dataSchema = dataContentType = null;
    time = Envelope.ABSENT;
    data = null;
  }

  void readHeaders(Map<String, byte[]> headers) throws RejectedEvent {
    specVersion = header(headers, "ce_specversion");
    id = header(headers, "ce_id");
    source = header(headers, "ce_source");
    type = header(headers, "ce_type");
    subject = header(headers, "ce_subject");
    dataSchema = header(headers, "ce_dataschema");
    dataContentType = header(headers, "content-type");
    String stated = header(headers, "ce_time");
    try {
      time = stated == null ? Envelope.ABSENT : EventTime.parse(stated);
    } catch (DateTimeException e) {
      throw new RejectedEvent(
          RejectReason.INVALID_TIMESTAMP, "/time", "ce_time is no RFC 3339 time: " + stated);
    }
  }

  private static String header(Map<String, byte[]> headers, String name) {
    byte[] value = headers.get(name);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  void fill(Envelope e) throws RejectedEvent {
    String name = type == null ? e.type : type;
    if (!specVersion.startsWith("1.")) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE,
          "/specversion",
          "CloudEvents 1.x is read, not '" + specVersion + "'");
    }
    require(id, "id");
    require(source, "source");
    require(name, "type");
    e.type = "track";
    e.event = name;
    e.messageId = source + "#" + id;
    e.source = source;
    e.userId = e.userId == null ? subject : e.userId;
    e.originalTimestamp = time;
    e.schemaUri = dataSchema != null && dataSchema.startsWith("iglu:") ? dataSchema : e.schemaUri;
    e.data = object(data);
  }

  /** Data that is no object is kept as the one property {@code data}. */
  private static ObjectNode object(JsonNode data) {
    if (data == null || data.isNull() || data.isMissingNode()) {
      return null;
    }
    if (data instanceof ObjectNode object) {
      return object;
    }
    ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
    wrapped.set("data", data);
    return wrapped;
  }

  private static void require(String value, String attribute) throws RejectedEvent {
    if (value == null || value.isEmpty()) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE,
          "/" + attribute,
          "a CloudEvent must have the attribute " + attribute);
    }
  }
}
