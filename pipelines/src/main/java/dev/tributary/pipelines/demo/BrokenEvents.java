package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Makes deliveries that are a {@code Product Added} event but for one fault. */
final class BrokenEvents {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ERROR_PAGE =
      "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

  private BrokenEvents() {}

  static byte[] make(
      BrokenKind kind, Chance chance, String anonymousId, Instant occurred, Instant sent) {
    ObjectNode event = valid(chance, anonymousId, occurred, sent);
    ObjectNode properties = (ObjectNode) event.get("properties");
    switch (kind) {
      case TRUNCATED_JSON -> {
        byte[] whole = bytes(event);
        return Arrays.copyOf(whole, chance.between(whole.length / 2, whole.length - 2));
      }
      case NOT_JSON -> {
        return ERROR_PAGE.getBytes(StandardCharsets.UTF_8);
      }
      case NOT_AN_OBJECT -> {
        return bytes(TextNode.valueOf(event.toString()));
      }
      case EMPTY -> {
        return new byte[0];
      }
      case TOMBSTONE -> {
        return null;
      }
      case INVALID_UTF8 -> {
        return invalidUtf8(event);
      }
      case UNKNOWN_TYPE -> event.put("type", "purchase");
      case UNKNOWN_EVENT -> event.put("event", "Prodct Added");
      case UNKNOWN_SCHEMA ->
          event
              .putObject("context")
              .putObject("protocols")
              .put("schema", "iglu:dev.tributary.shop/product_added/jsonschema/9-0-0");
      case WRONG_TYPE -> properties.put("quantity", "three");
      case MISSING_REQUIRED -> properties.remove("product_id");
      case OUT_OF_RANGE -> properties.put("quantity", -1);
      case NOT_IN_ENUM -> properties.put("currency", "XTS");
    }
    return bytes(event);
  }

  private static ObjectNode valid(
      Chance chance, String anonymousId, Instant occurred, Instant sent) {
    ObjectNode event = JSON.createObjectNode();
    event.put("type", "track").put("event", "Product Added").put("messageId", chance.uuid());
    event.put("anonymousId", anonymousId);
    event
        .putObject("properties")
        .put("product_id", "P" + chance.digits(5))
        .put("name", "Café Cup")
        .put("cart_id", chance.uuid())
        .put("price", Wire.money(chance.between(100, 9_999)))
        .put("quantity", 1)
        .put("currency", "EUR");
    event.put("timestamp", Wire.time(occurred)).put("sentAt", Wire.time(sent));
    return event;
  }

  /** The second byte of é is replaced by one that cannot follow. */
  private static byte[] invalidUtf8(ObjectNode event) {
    byte[] bytes = bytes(event);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == (byte) 0xc3) {
        bytes[i + 1] = '(';
      }
    }
    return bytes;
  }

  private static byte[] bytes(JsonNode event) {
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
