package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The attributes of a CloudEvent (specification 1.0) while it is read, and how they become an
 * {@link Envelope}: {@code type} is the event's name, {@code source} and {@code id} together its
 * message id (the specification makes only the pair unique), {@code subject} its user. Extensions
 * stay in the envelope's rest. Data that is no JSON object becomes the one property {@code data}.
 */
final class CloudEvent {
  private static final String PREFIX = "ce_";

  private final InnerJson inner;

  /** Members that only mean something in a CloudEvent, as (from, to) of the input. */
  private final Map<String, int[]> slices = new LinkedHashMap<>();

  String specVersion;

  CloudEvent(InnerJson inner) {
    this.inner = inner;
  }

  void clear() {
    specVersion = null;
    slices.clear();
  }

  /** Whether the headers of a record carry one (binary mode). */
  static boolean isIn(Map<String, byte[]> headers) {
    return !headers.isEmpty() && headers.containsKey("ce_specversion");
  }

  /** Keeps a member until it is known whether the event is a CloudEvent. */
  void keep(String name, int[] slice) {
    slices.put(name, slice);
  }

  /** The slice of a kept member, or null. */
  int[] slice(String name) {
    return slices.get(name);
  }

  /** Reads binary mode: attributes in headers, the record is the data. */
  void fillFromHeaders(Map<String, byte[]> headers, byte[] bytes, int from, int to, Envelope e)
      throws RejectedEvent {
    for (Map.Entry<String, byte[]> header : headers.entrySet()) {
      if (header.getKey().startsWith(PREFIX)) {
        String name = header.getKey().substring(PREFIX.length());
        attribute(name, inner.text(header.getValue(), name), e);
      }
    }
    byte[] contentType = headers.get("content-type");
    String type = contentType == null ? "" : inner.text(contentType, "datacontenttype");
    byte[] body = Arrays.copyOfRange(bytes, from, to);
    e.data =
        body.length == 0
            ? null
            : object(isJson(type) ? inner.read(body, "data") : text(body, "data"));
    complete(e);
  }

  /** Reads structured mode, after the members have been kept. */
  void fillFromMembers(byte[] bytes, ObjectReader trees, Envelope e)
      throws IOException, RejectedEvent {
    JsonNode data = null;
    for (Map.Entry<String, int[]> member : slices.entrySet()) {
      int[] slice = member.getValue();
      JsonNode value = trees.readTree(bytes, slice[0], slice[1] - slice[0]);
      switch (member.getKey()) {
        case "data" -> data = value;
        case "data_base64" -> data = base64(value);
        default -> {
          if (!value.isNull()) {
            if (!value.isTextual()) {
              throw invalid(member.getKey(), "is a string, not " + value.getNodeType());
            }
            attribute(member.getKey(), value.textValue(), e);
          }
        }
      }
    }
    e.data = object(data);
    complete(e);
  }

  /** Members of an event that turned out to be none. */
  void keepAsRest(byte[] bytes, Envelope e) {
    slices.forEach(
        (name, slice) ->
            e.rest(name, new String(bytes, slice[0], slice[1] - slice[0], StandardCharsets.UTF_8)));
  }

  private void attribute(String name, String value, Envelope e) throws RejectedEvent {
    switch (name) {
      case "specversion" -> specVersion = value;
      case "id" -> e.messageId = value;
      case "source" -> e.source = value;
      case "type" -> e.type = value;
      case "subject" -> e.userId = e.userId == null ? value : e.userId;
      case "time" -> e.originalTimestamp = Tokens.time(value, "time");
      case "dataschema" -> {
        if (value.startsWith("iglu:")) {
          e.schemaUri = value;
        } else {
          e.rest(name, TextNode.valueOf(value).toString());
        }
      }
      default -> e.rest(name, TextNode.valueOf(value).toString());
    }
  }

  private void complete(Envelope e) throws RejectedEvent {
    if (!specVersion.startsWith("1.")) {
      throw invalid("specversion", "is 1.x, not '" + specVersion + "'");
    }
    require(e.messageId, "id");
    require(e.source, "source");
    require(e.type, "type");
    e.messageId = Tokens.bounded(e.source + "#" + e.messageId, "id");
    e.event = Tokens.bounded(e.type, "type");
    e.type = "track";
  }

  private JsonNode base64(JsonNode value) throws RejectedEvent {
    try {
      byte[] bytes = Base64.getDecoder().decode(value.asText());
      return inner.read(bytes, "data_base64");
    } catch (IllegalArgumentException e) {
      throw invalid("data_base64", "is not base64: " + e.getMessage());
    }
  }

  private JsonNode text(byte[] bytes, String member) throws RejectedEvent {
    return TextNode.valueOf(inner.text(bytes, member));
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.isEmpty() || type.endsWith("/json") || type.endsWith("+json");
  }

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
      throw invalid(attribute, "is missing, and a CloudEvent must have it");
    }
  }

  private static RejectedEvent invalid(String attribute, String problem) {
    return new RejectedEvent(
        RejectReason.INVALID_ENVELOPE, "/" + attribute, attribute + " " + problem);
  }
}
