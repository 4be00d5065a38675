package dev.tributary.pipelines.lake.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A value of a result as text for a cell, or as a value for JSON. Timestamps stand in the session's
 * time zone in cells ({@code 2026-01-05 10:00:00.5}) and as ISO 8601 in UTC in JSON; decimals keep
 * their scale and, in JSON, are numbers; nested values are JSON in cells too; binary is hex.
 */
final class Cells {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final DateTimeFormatter PLAIN_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(java.util.Locale.ROOT);

  private final ZoneId zone;

  Cells(ZoneId zone) {
    this.zone = zone;
  }

  /** The value as a cell shows it; null is for the caller to show. */
  String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof java.sql.Timestamp timestamp) {
      return PLAIN_TIME.format(timestamp.toInstant().atZone(zone));
    }
    if (value instanceof Instant instant) {
      return PLAIN_TIME.format(instant.atZone(zone));
    }
    if (value instanceof LocalDateTime local) {
      return PLAIN_TIME.format(local);
    }
    Object plain = plain(value);
    return plain instanceof Map || plain instanceof List ? json(plain) : String.valueOf(plain);
  }

  String json(Object plain) {
    try {
      return JSON.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value of type " + plain.getClass() + " is no JSON", e);
    }
  }

  /** A row as one JSON object; of columns with one name the second is {@code name_2}. */
  String json(Row row) {
    return json(object(row, row.schema()));
  }

  private Map<String, Object> object(Row row, StructType schema) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      String name = schema == null ? "_" + (i + 1) : schema.fieldNames()[i];
      String free = name;
      for (int n = 2; object.containsKey(free); n++) {
        free = name + "_" + n;
      }
      object.put(free, plain(row.get(i)));
    }
    return object;
  }

  private Object plain(Object value) {
    if (value == null || value instanceof Boolean || value instanceof String) {
      return value;
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? value : value.toString();
    }
    if (value instanceof Number) {
      return value;
    }
    if (value instanceof java.sql.Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return nested(value);
  }

  private Object nested(Object value) {
    if (value instanceof Row row) {
      return object(row, row.schema());
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, Object> object = new LinkedHashMap<>();
      CollectionConverters.asJava(map).forEach((k, v) -> object.put(text(k), plain(v)));
      return object;
    }
    if (value instanceof scala.collection.Seq<?> seq) {
      List<Object> list = new ArrayList<>();
      CollectionConverters.asJava(seq).forEach(element -> list.add(plain(element)));
      return list;
    }
    return value.toString();
  }
}
