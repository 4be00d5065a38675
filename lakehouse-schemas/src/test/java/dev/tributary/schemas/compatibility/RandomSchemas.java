package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.dialect.CanonicalJson;
import dev.tributary.schemas.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small random schemas of one dialect, and later versions of them with a few random edits. */
final class RandomSchemas {
  static final List<String> NAMES = List.of("a", "b", "c", "ab");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TYPES =
      List.of("null", "boolean", "integer", "number", "string", "array", "object");

  private final Random random;
  private final Dialect dialect;

  RandomSchemas(Random random, Dialect dialect) {
    this.random = random;
    this.dialect = dialect;
  }

  ObjectNode document() {
    ObjectNode document = schema(3);
    if (chance(2)) {
      document.put("type", "object");
    }
    document.putObject(definitions()).set("d", schema(1));
    return document.put("$schema", dialect.uri());
  }

  private String definitions() {
    return since(Dialect.DRAFT_2019_09) ? "$defs" : "definitions";
  }

  private boolean since(Dialect first) {
    return dialect.compareTo(first) >= 0;
  }

  ObjectNode edited(ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      List<ObjectNode> places = new ArrayList<>();
      collect(copy, places);
      edit(places.get(random.nextInt(places.size())));
    }
    return copy.put("$schema", dialect.uri());
  }

  private static void collect(JsonNode node, List<ObjectNode> places) {
    if (node instanceof ObjectNode object && (object.has("$schema") || places.size() > 0)) {
      places.add(object);
    }
    node.properties().forEach(member -> inner(member.getKey(), member.getValue(), places));
  }

  private static void inner(String keyword, JsonNode value, List<ObjectNode> places) {
    switch (keyword) {
      case "properties", "patternProperties", "$defs", "definitions" ->
          value.forEach(schema -> collect(schema, places));
      case "items",
          "additionalProperties",
          "not",
          "if",
          "then",
          "else",
          "contains",
          "propertyNames" -> {
        if (value.isObject()) {
          collect(value, places);
        }
      }
      case "anyOf", "oneOf", "allOf", "prefixItems" ->
          value.forEach(schema -> collect(schema, places));
      default -> {}
    }
  }

  private void edit(ObjectNode place) {
    List<String> keywords = new ArrayList<>();
    place.fieldNames().forEachRemaining(keywords::add);
    keywords.removeAll(List.of("$schema", "$defs", "definitions"));
    if (!keywords.isEmpty() && chance(2)) {
      String keyword = keywords.get(random.nextInt(keywords.size()));
      JsonNode value = place.get(keyword);
      if (value instanceof ObjectNode members && keyword.endsWith("roperties") && chance(2)) {
        members.set(name(), subschema(1));
      } else if (value instanceof ArrayNode array && array.size() > 1 && chance(2)) {
        array.remove(random.nextInt(array.size()));
      } else {
        place.remove(keyword);
      }
    } else {
      keyword(place, 1);
    }
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private JsonNode subschema(int depth) {
    return since(Dialect.DRAFT_6) && chance(12) ? NODES.booleanNode(chance(2)) : schema(depth);
  }

  private ObjectNode schema(int depth) {
    ObjectNode schema = NODES.objectNode();
    for (int keywords = random.nextInt(4); keywords > 0; keywords--) {
      keyword(schema, depth);
    }
    return schema;
  }

  private void keyword(ObjectNode schema, int depth) {
    int choice = random.nextInt(depth > 0 ? 26 : 11);
    switch (choice) {
      case 0, 1 -> schema.set("type", types());
      case 2 -> schema.set("enum", values());
      case 3 -> schema.put(chance(2) ? "minimum" : "maximum", random.nextInt(7) - 2);
      case 4 -> exclusive(schema);
      case 5 -> schema.put("multipleOf", 1 + random.nextInt(3));
      case 6 -> schema.put(chance(2) ? "minLength" : "maxLength", random.nextInt(4));
      case 7 -> schema.put("pattern", List.of("^a", "b$", "^[a-z]*$", ".*").get(random.nextInt(4)));
      case 8 -> schema.put(chance(2) ? "minItems" : "maxItems", random.nextInt(3));
      case 9 -> schema.put(chance(2) ? "minProperties" : "maxProperties", random.nextInt(4));
      case 10 -> required(schema);
      case 11, 12, 13 -> properties(schema, depth);
      case 14, 15 -> additional(schema, depth);
      case 16 ->
          schema.putObject("patternProperties").set(chance(2) ? "^a" : "b", subschema(depth - 1));
      case 17, 18 -> items(schema, depth);
      case 19 -> schema.set("anyOf", list(depth));
      case 20 -> schema.set("oneOf", list(depth));
      case 21 -> schema.set("allOf", list(depth));
      case 22 -> schema.set("not", subschema(depth - 1));
      case 23 -> schema.put("uniqueItems", true);
      case 24 -> schema.put("$ref", "#/" + definitions() + "/d");
      default -> later(schema, depth);
    }
  }

  private void exclusive(ObjectNode schema) {
    String keyword = chance(2) ? "exclusiveMinimum" : "exclusiveMaximum";
    if (since(Dialect.DRAFT_6)) {
      schema.put(keyword, random.nextInt(7) - 2);
    } else {
      schema.put(keyword, true);
      schema.put(keyword.equals("exclusiveMinimum") ? "minimum" : "maximum", random.nextInt(7) - 2);
    }
  }

  /** Keywords that not every draft has. */
  private void later(ObjectNode schema, int depth) {
    if (!since(Dialect.DRAFT_7)) {
      schema.putObject("dependencies").putArray(name()).add(name());
      return;
    }
    switch (random.nextInt(5)) {
      case 0 -> schema.set("const", value(1));
      case 1 -> schema.set("contains", subschema(depth - 1));
      case 2 -> schema.set("propertyNames", subschema(depth - 1));
      case 3 -> {
        schema.set("if", subschema(depth - 1));
        schema.set(chance(2) ? "then" : "else", subschema(depth - 1));
      }
      default -> {
        if (since(Dialect.DRAFT_2019_09)) {
          schema.putObject("dependentRequired").putArray(name()).add(name());
        } else {
          schema.putObject("dependencies").set(name(), subschema(depth - 1));
        }
      }
    }
  }

  private JsonNode types() {
    if (chance(2)) {
      return NODES.textNode(TYPES.get(random.nextInt(TYPES.size())));
    }
    ArrayNode types = NODES.arrayNode();
    TYPES.stream().filter(type -> chance(2)).forEach(types::add);
    return types.isEmpty() ? types.add("object") : types;
  }

  private ArrayNode values() {
    ArrayNode values = NODES.arrayNode();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      JsonNode value = value(1);
      boolean there = false;
      for (JsonNode other : values) {
        there |= CanonicalJson.of(other).equals(CanonicalJson.of(value));
      }
      if (!there) {
        values.add(value);
      }
    }
    return values;
  }

  private void required(ObjectNode schema) {
    ArrayNode required = NODES.arrayNode();
    NAMES.stream().filter(name -> chance(3)).forEach(required::add);
    schema.set("required", required.isEmpty() ? required.add("a") : required);
  }

  private void properties(ObjectNode schema, int depth) {
    ObjectNode properties = schema.putObject("properties");
    NAMES.stream().filter(n -> chance(2)).forEach(n -> properties.set(n, subschema(depth - 1)));
  }

  private void additional(ObjectNode schema, int depth) {
    schema.set(
        "additionalProperties", chance(2) ? NODES.booleanNode(chance(3)) : schema(depth - 1));
  }

  private void items(ObjectNode schema, int depth) {
    if (chance(2)) {
      schema.set("items", subschemaObject(depth));
    } else if (since(Dialect.DRAFT_2020_12)) {
      schema.set("prefixItems", list(depth));
    } else {
      schema.set("items", list(depth));
      if (chance(2)) {
        schema.set("additionalItems", NODES.booleanNode(false));
      }
    }
  }

  private ObjectNode subschemaObject(int depth) {
    return schema(depth - 1);
  }

  private ArrayNode list(int depth) {
    ArrayNode list = NODES.arrayNode();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      list.add(schema(depth - 1));
    }
    return list;
  }

  /** A small value of any kind. */
  JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 12 : 7)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(chance(2));
      case 2, 3 -> NODES.numberNode(random.nextInt(8) - 2);
      case 4 -> NODES.numberNode(List.of(0.5, 1.5, 2.0, -1.0).get(random.nextInt(4)));
      case 5, 6 -> NODES.textNode(List.of("", "a", "b", "ab", "abc", "B").get(random.nextInt(6)));
      case 7, 8 -> array(depth);
      default -> object(depth);
    };
  }

  private JsonNode array(int depth) {
    ArrayNode array = NODES.arrayNode();
    for (int count = random.nextInt(4); count > 0; count--) {
      array.add(value(depth - 1));
    }
    return array;
  }

  JsonNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    NAMES.stream().filter(name -> chance(2)).forEach(name -> object.set(name, value(depth - 1)));
    return object;
  }
}
