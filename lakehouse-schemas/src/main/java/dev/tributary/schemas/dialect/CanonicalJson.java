package dev.tributary.schemas.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON values as JSON Schema compares them: numbers by what they are worth, so that 1 equals 1.0.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * An equal value; two are equal by JSON Schema exactly when their canonical forms are by {@code
   * equals}.
   */
  public static JsonNode of(JsonNode value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value.isNumber()) {
      return DecimalNode.valueOf(value.decimalValue().stripTrailingZeros());
    }
    if (value.isArray()) {
      ArrayNode array = nodes.arrayNode(value.size());
      value.forEach(element -> array.add(of(element)));
      return array;
    }
    if (value.isObject()) {
      ObjectNode object = nodes.objectNode();
      value.properties().forEach(member -> object.set(member.getKey(), of(member.getValue())));
      return object;
    }
    return value;
  }
}
