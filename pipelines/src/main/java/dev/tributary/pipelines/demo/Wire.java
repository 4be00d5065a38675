package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tributary.pipelines.demo.Catalogue.Item;
import dev.tributary.pipelines.demo.Catalogue.Product;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes events in their wire form: Segment calls and CloudEvents 1.0, as UTF-8 JSON. */
final class Wire {

  /** Writes the fields of an object that is open. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * What all Segment calls have.
   *
   * @param type track, page, screen, identify, group or alias
   * @param event the name of a track call, else null
   * @param messageId null for an event without one
   * @param device null for a server's call
   * @param userId null while nobody is logged in
   * @param timestamp by the device's clock
   * @param sentAt by the device's clock
   * @param schema the schema it names, or null
   */
  record Call(
      String type,
      String event,
      String messageId,
      ShopDevice device,
      String userId,
      Instant timestamp,
      Instant sentAt,
      String schema) {}

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Wire() {}

  /** A JSON object of these fields. */
  static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(768);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A Segment call; {@code body} is its properties or traits, {@code top} further fields. */
  static byte[] segment(Call call, Fields context, Fields top, Fields body) {
    return object(
        json -> {
          json.writeStringField("type", call.type());
          optional(json, "event", call.event());
          optional(json, "messageId", call.messageId());
          optional(json, "anonymousId", call.device() == null ? null : call.device().anonymousId());
          optional(json, "userId", call.userId());
          top.write(json);
          json.writeStringField("channel", channel(call));
          json.writeObjectFieldStart("context");
          writeLibrary(json, call.device());
          if (call.schema() != null) {
            json.writeObjectFieldStart("protocols");
            json.writeStringField("schema", call.schema());
            json.writeEndObject();
          }
          context.write(json);
          json.writeEndObject();
          if (body != null) {
            json.writeObjectFieldStart(bodyName(call.type()));
            body.write(json);
            json.writeEndObject();
          }
          json.writeStringField("timestamp", time(call.timestamp()));
          json.writeStringField("sentAt", time(call.sentAt()));
        });
  }

  static String time(Instant instant) {
    return MILLIS.format(instant);
  }

  static BigDecimal money(int cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  static void optional(JsonGenerator json, String name, String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  static void money(JsonGenerator json, String name, int cents) throws IOException {
    json.writeNumberField(name, money(cents));
  }

  static void product(JsonGenerator json, Product product) throws IOException {
    json.writeStringField("product_id", product.id());
    json.writeStringField("name", product.name());
    json.writeStringField("category", product.category());
    json.writeStringField("brand", product.brand());
    money(json, "price", product.cents());
  }

  static void products(JsonGenerator json, List<Item> items) throws IOException {
    json.writeArrayFieldStart("products");
    for (Item item : items) {
      json.writeStartObject();
      json.writeStringField("product_id", item.product().id());
      json.writeStringField("name", item.product().name());
      money(json, "price", item.product().cents());
      json.writeNumberField("quantity", item.quantity());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String channel(Call call) {
    return call.device() == null ? "server" : call.device().platform().channel;
  }

  private static String bodyName(String type) {
    return type.equals("identify") || type.equals("group") ? "traits" : "properties";
  }

  private static void writeLibrary(JsonGenerator json, ShopDevice device) throws IOException {
    json.writeObjectFieldStart("library");
    json.writeStringField("name", device == null ? "analytics-java" : device.platform().library);
    json.writeStringField("version", device == null ? "3.5.2" : device.platform().libraryVersion);
    json.writeEndObject();
    if (device != null) {
      json.writeStringField("ip", device.address());
      optional(json, "userAgent", device.userAgent());
    }
  }
}
