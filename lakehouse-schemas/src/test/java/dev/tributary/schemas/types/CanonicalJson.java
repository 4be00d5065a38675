package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON without what the mapping normalises away: null properties, key order, the spelling of
 * numbers, and the offset of times.
 */
final class CanonicalJson {
  private CanonicalJson() {}

  static Object of(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> object = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!entry.getValue().isNull()) {
          object.put(entry.getKey(), of(entry.getValue()));
        }
      }
      return object;
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(of(item)));
      return items;
    }
    if (node.isNumber()) {
      return number(node);
    }
    return node.isTextual() ? "\"" + instant(node.textValue()) + "\"" : node.asText();
  }

  private static String number(JsonNode node) {
    double value = node.doubleValue();
    boolean wholeDouble = node.isDouble() && value == Math.rint(value);
    BigDecimal number = wholeDouble ? new BigDecimal(value) : node.decimalValue();
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String instant(String text) {
    try {
      return OffsetDateTime.parse(text).truncatedTo(ChronoUnit.MICROS).toInstant().toString();
    } catch (DateTimeException noTime) {
      return text;
    }
  }
}
