package dev.tributary.schemas.types;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Random values that mostly are valid under a schema; the caller asks the validator. */
final class RandomInstances {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of("", "a", "b", "Zürich", "日本語", "😀", "a\"b\\c\n\t\u0001", "2020-01-01", "null", "{}");
  private static final int MAX_DEPTH = 14;

  private final JsonNode document;
  private final Random random;

  RandomInstances(JsonNode document, Random random) {
    this.document = document;
    this.random = random;
  }

  ObjectNode event() {
    return object(document, 0);
  }

  private JsonNode value(JsonNode schema, int depth) {
    if (!schema.isObject() || depth > MAX_DEPTH) {
      return anything(depth);
    }
    if (schema.has("$ref")) {
      String path = schema.get("$ref").textValue().substring(1);
      return value(document.at(JsonPointer.compile(path)), depth + 1);
    }
    for (String list : List.of("enum", "anyOf", "oneOf", "allOf")) {
      JsonNode options = schema.path(list);
      if (options.isArray() && !options.isEmpty()) {
        JsonNode option = options.get(random.nextInt(options.size()));
        return list.equals("enum") ? option : value(option, depth + 1);
      }
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    JsonNode type = schema.path("type");
    if (type.isMissingNode()) {
      return anything(depth);
    }
    String one = type.isArray() ? type.get(random.nextInt(type.size())).asText() : type.asText();
    return ofType(one, schema, depth);
  }

  private JsonNode ofType(String type, JsonNode schema, int depth) {
    return switch (type) {
      case "null" -> NODES.nullNode();
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "integer" -> NODES.numberNode(integer(schema));
      case "number" -> number(schema);
      case "string" -> NODES.textNode(text(schema));
      case "array" -> array(schema, depth);
      default -> object(schema, depth);
    };
  }

  private BigInteger integer(JsonNode schema) {
    BigInteger low = schema.path("minimum").bigIntegerValue();
    if (schema.has("maximum")) {
      BigInteger span = schema.get("maximum").bigIntegerValue().subtract(low);
      return low.add(new BigInteger(span.bitLength() + 1, random).mod(span.add(BigInteger.ONE)));
    }
    long any = random.nextBoolean() ? random.nextLong() : random.nextInt(100);
    return BigInteger.valueOf(schema.has("minimum") ? Math.abs(any >> 1) : any);
  }

  private JsonNode number(JsonNode schema) {
    if (schema.has("multipleOf")) {
      BigDecimal step = schema.get("multipleOf").decimalValue();
      double multiple = step.multiply(BigDecimal.valueOf(random.nextInt(2_000_000))).doubleValue();
      return NODES.numberNode(multiple);
    }
    return switch (random.nextInt(3)) {
      case 0 -> NODES.numberNode(random.nextInt());
      case 1 -> NODES.numberNode(random.nextGaussian() * 1e6);
      default -> NODES.numberNode(random.nextDouble());
    };
  }

  private String text(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "date-time" -> time();
      case "date" -> LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000).toString();
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      default -> TEXTS.get(random.nextInt(TEXTS.size()));
    };
  }

  private String time() {
    ZoneOffset zone = ZoneOffset.ofHoursMinutes(random.nextInt(14), random.nextInt(60));
    Instant instant =
        Instant.ofEpochSecond(random.nextInt(), random.nextBoolean() ? random.nextInt(1 << 29) : 0);
    OffsetDateTime time = instant.atOffset(random.nextBoolean() ? ZoneOffset.UTC : zone);
    String text = time.toString();
    boolean noSeconds = text.indexOf(':') == text.lastIndexOf(':') || text.charAt(16) != ':';
    return noSeconds ? "2024-02-29T12:30:00Z" : text;
  }

  private JsonNode array(JsonNode schema, int depth) {
    ArrayNode items = NODES.arrayNode();
    JsonNode item = schema.path("items");
    for (int i = random.nextInt(3); i > 0; i--) {
      items.add(value(item.isArray() ? item.path(items.size()) : item, depth + 1));
    }
    return items;
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    for (JsonNode part : schema.path("allOf")) {
      object.setAll(object(part, depth + 1));
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (random.nextInt(4) > 0 || schema.path("required").toString().contains(property.getKey())) {
        object.set(property.getKey(), value(property.getValue(), depth + 1));
      }
    }
    JsonNode additional = schema.path("additionalProperties");
    if (random.nextBoolean() && (!additional.isBoolean() || additional.booleanValue())) {
      object.set("extra" + random.nextInt(3), value(additional, depth + 2));
    }
    return object;
  }

  private JsonNode anything(int depth) {
    return switch (random.nextInt(depth > MAX_DEPTH ? 4 : 6)) {
      case 0 -> NODES.numberNode(random.nextInt());
      case 1 -> NODES.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
      case 2 -> NODES.booleanNode(random.nextBoolean());
      case 3 -> NODES.nullNode();
      case 4 -> NODES.arrayNode().add(1).add("x").addNull();
      default -> NODES.objectNode().put("k", 0.5).put("größe", "😀");
    };
  }
}
