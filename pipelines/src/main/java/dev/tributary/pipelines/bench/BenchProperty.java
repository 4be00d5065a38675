package dev.tributary.pipelines.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A property of a benchmark event.
 *
 * @param name the JSON property, snake_case
 * @param kind what it holds
 */
record BenchProperty(String name, Kind kind) {

  static final List<String> CHOICES =
      List.of("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel");

  /** What a property holds; each kind is one shape of JSON Schema. */
  enum Kind {
    /** A string of 16 hexadecimal digits, different in every event; required. */
    ID,
    /** One of eight strings. */
    CHOICE,
    /** A few words. */
    TEXT,
    /** An integer, 1 to 9. */
    COUNT,
    /** An amount with two decimals, 100.00 to 999.99; required. */
    MONEY,
    /** A fraction, 0.100000 to 0.999999. */
    SCORE,
    /** true or false. */
    FLAG,
    /** A date-time. */
    TIME,
    /** An array of two objects with an id, a price and a quantity. */
    ITEMS
  }

  boolean required() {
    return kind == Kind.ID || kind == Kind.MONEY;
  }

  /** Writes the property's JSON Schema. */
  void describe(ObjectNode schema) {
    schema.put("description", "Made for the benchmark: " + name.replace('_', ' '));
    switch (kind) {
      case ID -> schema.put("type", "string").put("minLength", 1).put("maxLength", 64);
      case CHOICE -> {
        schema.put("type", "string");
        ArrayNode values = schema.putArray("enum");
        CHOICES.forEach(values::add);
      }
      case TEXT -> schema.put("type", "string").put("maxLength", 300);
      case COUNT -> schema.put("type", "integer").put("minimum", 1).put("maximum", 1_000);
      case MONEY -> describeMoney(schema);
      case SCORE -> schema.put("type", "number").put("minimum", 0).put("maximum", 1);
      case FLAG -> schema.put("type", "boolean");
      case TIME -> schema.put("type", "string").put("format", "date-time").put("maxLength", 40);
      case ITEMS -> describeItems(schema);
    }
  }

  private static void describeMoney(ObjectNode schema) {
    schema.put("type", "number").put("minimum", 0).put("maximum", 1_000_000);
    schema.put("multipleOf", 0.01);
  }

  private static void describeItems(ObjectNode schema) {
    schema.put("type", "array").put("maxItems", 100);
    ObjectNode item = schema.putObject("items").put("type", "object");
    ObjectNode properties = item.putObject("properties");
    properties.putObject("product_id").put("type", "string").put("maxLength", 64);
    describeMoney(properties.putObject("price"));
    properties.putObject("quantity").put("type", "integer").put("minimum", 1).put("maximum", 1_000);
    item.putArray("required").add("product_id").add("price").add("quantity");
    item.put("additionalProperties", false);
  }
}
