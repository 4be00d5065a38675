package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Random event schemas over all the shapes that the mapping knows. */
final class RandomSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> NAMES =
      List.of(
          "id", "orderId", "order_id", "Order ID", "$browser", "event_time", "1st", "größe", "");
  private static final List<String> LEAVES =
      List.of(
          "{'type':'string'}",
          "{'type':['null','string'],'maxLength':40}",
          "{'type':'string','format':'date-time'}",
          "{'type':'string','format':'date'}",
          "{'type':'string','format':'uuid'}",
          "{'type':'integer'}",
          "{'type':['integer','null'],'minimum':0,'maximum':255}",
          "{'type':'integer','minimum':0,'maximum':18446744073709551615}",
          "{'type':'number'}",
          "{'type':['number','integer']}",
          "{'type':'number','multipleOf':0.01}",
          "{'type':'number','multipleOf':0.00000001}",
          "{'type':'number','multipleOf':5}",
          "{'type':'boolean'}",
          "{'type':['string','integer']}",
          "{'type':['array','string','null']}",
          "{'type':'null'}",
          "{'enum':['a','b',null]}",
          "{'enum':[1,2,3]}",
          "{'enum':[1,'b',{'c':[true]}]}",
          "{'const':'fixed'}",
          "{'type':'object'}",
          "{'type':'array'}",
          "{'$ref':'#/definitions/money'}",
          "{'$ref':'#/definitions/tree'}",
          "{'type':'array','items':[{'type':'string'},{'type':'integer'}]}",
          "{}",
          "true");
  private static final String DEFINITIONS =
      "{'money':{'type':'object','required':['amount'],'properties':{'amount':{'type':'number',"
          + "'multipleOf':0.01},'currency':{'type':'string'}},'additionalProperties':false},"
          + "'tree':{'type':'object','properties':{'value':{'type':'integer'},"
          + "'next':{'$ref':'#/definitions/tree'}}}}";

  private final Random random;

  RandomSchemas(Random random) {
    this.random = random;
  }

  ObjectNode event() {
    ObjectNode schema = object(0);
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.set("definitions", Models.json(DEFINITIONS));
    return schema;
  }

  private JsonNode schema(int depth) {
    int choice = random.nextInt(depth > 3 ? 6 : 12);
    return switch (choice) {
      case 6, 7 -> object(depth + 1);
      case 8 -> NODES.objectNode().put("type", "array").set("items", schema(depth + 1));
      case 9 -> NODES.objectNode().put("type", "object").set("additionalProperties", schema(depth));
      case 10 -> choice(depth + 1);
      case 11 -> merged(depth + 1);
      default -> Models.json(LEAVES.get(random.nextInt(LEAVES.size())));
    };
  }

  private JsonNode choice(int depth) {
    ArrayNode alternatives = NODES.arrayNode().add(schema(depth)).add(schema(depth));
    return NODES.objectNode().set(random.nextBoolean() ? "anyOf" : "oneOf", alternatives);
  }

  private JsonNode merged(int depth) {
    ObjectNode open = object(depth);
    open.remove("additionalProperties");
    return NODES.objectNode().set("allOf", NODES.arrayNode().add(open).add(open.deepCopy()));
  }

  private ObjectNode object(int depth) {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = NODES.arrayNode();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      if (!properties.has(name)) {
        properties.set(name, schema(depth + 1));
        if (random.nextInt(3) == 0) {
          required.add(name);
        }
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    switch (random.nextInt(4)) {
      case 0 -> schema.put("additionalProperties", false);
      case 1 -> schema.set("additionalProperties", schema(depth + 2));
      case 2 -> schema.put("additionalProperties", true);
      default -> {}
    }
    return schema;
  }

  /** The same schema with the keys of all its objects in another order. */
  JsonNode shuffled(JsonNode node) {
    if (node.isArray()) {
      ArrayNode items = NODES.arrayNode();
      node.forEach(item -> items.add(shuffled(item)));
      return items;
    }
    if (!node.isObject()) {
      return node;
    }
    List<String> names = new java.util.ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    java.util.Collections.shuffle(names, random);
    ObjectNode object = NODES.objectNode();
    names.forEach(name -> object.set(name, shuffled(node.get(name))));
    return object;
  }
}
