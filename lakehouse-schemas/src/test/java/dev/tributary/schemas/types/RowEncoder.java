package dev.tributary.schemas.types;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.types.ColumnType.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The inverse of {@link Decoder}: column values back into the JSON they came from. */
final class RowEncoder {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RowEncoder() {}

  static ObjectNode encode(List<Column> columns, Object[] row) {
    List<Field> fields =
        columns.stream().map(c -> new Field(c.name(), c.property(), c.type())).toList();
    return struct(fields, row);
  }

  private static ObjectNode struct(List<Field> fields, Object[] values) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < values.length; i++) {
      Field field = fields.get(i);
      if (values[i] == null) {
        continue;
      }
      JsonNode value = encode(field.type(), values[i]);
      if (field.collectsAdditional()) {
        value.properties().forEach(entry -> put(object, entry.getKey(), entry.getValue()));
      } else {
        put(object, field.property(), value);
      }
    }
    return object;
  }

  private static void put(ObjectNode object, String property, JsonNode value) {
    if (object.has(property)) {
      throw new AssertionError("'" + property + "' is in two columns");
    }
    object.set(property, value);
  }

  private static JsonNode encode(ColumnType type, Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (type instanceof ColumnType.Struct struct) {
      return struct(struct.fields(), (Object[]) value);
    }
    if (type instanceof ColumnType.Array array) {
      ArrayNode items = NODES.arrayNode();
      for (Object item : (Object[]) value) {
        items.add(encode(array.element(), item));
      }
      return items;
    }
    if (type instanceof ColumnType.MapOf map) {
      ObjectNode object = NODES.objectNode();
      ((Map<?, ?>) value)
          .forEach((key, item) -> object.set((String) key, encode(map.value(), item)));
      return object;
    }
    return scalar(type, value);
  }

  private static JsonNode scalar(ColumnType type, Object value) {
    if (type instanceof ColumnType.Json) {
      return read((String) value);
    }
    if (type instanceof ColumnType.Timestamp) {
      return NODES.textNode(Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString());
    }
    if (type instanceof ColumnType.Date) {
      return NODES.textNode(LocalDate.ofEpochDay((Integer) value).toString());
    }
    if (type instanceof ColumnType.Decimal decimal) {
      BigDecimal number = (BigDecimal) value;
      if (number.scale() != decimal.scale() || number.precision() > decimal.precision()) {
        throw new AssertionError(number + " is no " + decimal.sql());
      }
      return NODES.numberNode(number);
    }
    if (type instanceof ColumnType.Text) {
      return NODES.textNode((String) value);
    }
    if (type instanceof ColumnType.Bool) {
      return NODES.booleanNode((Boolean) value);
    }
    return type instanceof ColumnType.Int64
        ? NODES.numberNode((Long) value)
        : NODES.numberNode((Double) value);
  }

  private static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("no JSON: " + text, malformed);
    }
  }
}
