package dev.tributary.schemas.types;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.schemas.dialect.Dialect;
import dev.tributary.schemas.types.Shape.Kind;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the type-relevant keywords of JSON Schemas (drafts 4 to 2020-12) into a {@link Shape}.
 * Keywords that only narrow a value ({@code pattern}, {@code not}, {@code if}) are left to the
 * validator; what is not understood constrains nothing.
 */
final class ShapeReader {
  private static final BigDecimal HUGE = BigDecimal.TEN.pow(40);

  private final JsonNode document;
  private final boolean siblingsOfRefApply;

  ShapeReader(JsonNode document) {
    this.document = document;
    this.siblingsOfRefApply =
        Dialect.of(document).map(dialect -> !dialect.ignoresSiblingsOfRef()).orElse(false);
  }

  /**
   * @param schemas all hold for the value
   * @param enclosing references being followed further up; one of them again is a recursion, whose
   *     inside is left unconstrained
   */
  Shape read(List<JsonNode> schemas, Set<String> enclosing) {
    Shape shape = new Shape();
    schemas.forEach(schema -> absorb(schema, shape, enclosing));
    return shape;
  }

  private void absorb(JsonNode schema, Shape shape, Set<String> enclosing) {
    if (schema.isBoolean() && !schema.booleanValue()) {
      shape.kinds.clear();
    }
    if (!schema.isObject()) {
      return;
    }
    if (schema.path("$ref").isTextual()) {
      follow(schema.get("$ref").textValue(), shape, enclosing);
      if (!siblingsOfRefApply) {
        return;
      }
    }
    readKinds(schema, shape);
    readNumbers(schema, shape);
    readObject(schema, shape);
    readArray(schema, shape);
    readAnnotations(schema, shape);
    schema.path("allOf").forEach(part -> absorb(part, shape, enclosing));
    readChoice(schema.path("anyOf"), shape);
    readChoice(schema.path("oneOf"), shape);
  }

  private void follow(String reference, Shape shape, Set<String> enclosing) {
    if (enclosing.contains(reference) || !shape.references.add(reference)) {
      return;
    }
    JsonNode target = resolve(reference);
    if (target != null) {
      absorb(target, shape, enclosing);
    }
  }

  private JsonNode resolve(String reference) {
    if (reference.equals("#")) {
      return document;
    }
    if (!reference.startsWith("#/")) {
      return null;
    }
    try {
      String path = reference.substring(1).replace("+", "%2B");
      JsonNode target =
          document.at(JsonPointer.compile(URLDecoder.decode(path, StandardCharsets.UTF_8)));
      return target.isMissingNode() ? null : target;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static void readKinds(JsonNode schema, Shape shape) {
    JsonNode type = schema.path("type");
    if (type.isTextual() || type.isArray()) {
      EnumSet<Kind> named = EnumSet.noneOf(Kind.class);
      Iterable<JsonNode> names = type.isArray() ? type : List.of(type);
      names.forEach(name -> named.addAll(kindsOf(name.asText())));
      shape.kinds.retainAll(named);
    }
    if (schema.path("enum").isArray()) {
      retainKindsOf(schema.get("enum"), shape);
    }
    if (schema.has("const")) {
      retainKindsOf(List.of(schema.get("const")), shape);
    }
    if (schema.path("format").isTextual()) {
      shape.format = schema.get("format").textValue();
    }
  }

  private static EnumSet<Kind> kindsOf(String type) {
    return switch (type) {
      case "null" -> EnumSet.of(Kind.NULL);
      case "boolean" -> EnumSet.of(Kind.BOOLEAN);
      case "integer" -> EnumSet.of(Kind.INTEGER);
      case "number" -> EnumSet.of(Kind.INTEGER, Kind.FRACTION);
      case "string" -> EnumSet.of(Kind.STRING);
      case "object" -> EnumSet.of(Kind.OBJECT);
      case "array" -> EnumSet.of(Kind.ARRAY);
      default -> EnumSet.allOf(Kind.class);
    };
  }

  private static void retainKindsOf(Iterable<JsonNode> values, Shape shape) {
    EnumSet<Kind> seen = EnumSet.noneOf(Kind.class);
    values.forEach(value -> seen.add(kindOf(value)));
    shape.kinds.retainAll(seen);
  }

  private static Kind kindOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> Kind.BOOLEAN;
      case NUMBER -> value.isIntegralNumber() ? Kind.INTEGER : Kind.FRACTION;
      case STRING -> Kind.STRING;
      case OBJECT -> Kind.OBJECT;
      case ARRAY -> Kind.ARRAY;
      default -> Kind.NULL;
    };
  }

  private static void readNumbers(JsonNode schema, Shape shape) {
    readBound(schema, "minimum", "exclusiveMinimum", shape);
    readBound(schema, "maximum", "exclusiveMaximum", shape);
    JsonNode step = schema.path("multipleOf");
    if (step.isNumber() && finite(step).signum() > 0) {
      shape.multipleOf(finite(step));
    }
  }

  private static void readBound(JsonNode schema, String name, String exclusiveName, Shape shape) {
    boolean below = name.equals("maximum");
    JsonNode bound = schema.path(name);
    JsonNode exclusive = schema.path(exclusiveName);
    BigDecimal inside = below ? BigDecimal.ONE.negate() : BigDecimal.ONE;
    if (bound.isNumber()) {
      BigDecimal value = finite(bound);
      narrow(shape, below, exclusive.asBoolean() ? value.add(inside) : value);
    }
    if (exclusive.isNumber()) {
      narrow(shape, below, finite(exclusive).add(inside));
    }
  }

  private static void narrow(Shape shape, boolean below, BigDecimal bound) {
    if (below) {
      shape.atMost(bound);
    } else {
      shape.atLeast(bound);
    }
  }

  /** The number, brought within ±10^40 so that arithmetic on it stays cheap. */
  private static BigDecimal finite(JsonNode number) {
    double magnitude = number.doubleValue();
    if (Math.abs(magnitude) >= 1e40) {
      return magnitude < 0 ? HUGE.negate() : HUGE;
    }
    return Math.abs(magnitude) < 1e-40 ? BigDecimal.ZERO : number.decimalValue();
  }

  private static void readObject(JsonNode schema, Shape shape) {
    JsonNode properties = schema.path("properties");
    if (properties.isObject()) {
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        shape
            .properties
            .computeIfAbsent(property.getKey(), key -> new ArrayList<>())
            .add(property.getValue());
      }
    }
    schema.path("required").forEach(name -> shape.required.add(name.asText()));
    schema.path("patternProperties").forEach(shape.patternValues::add);
    JsonNode additional = schema.path("additionalProperties");
    if (additional.isObject()) {
      shape.additionalValues.add(additional);
    } else if (additional.isBoolean() && !additional.booleanValue()) {
      shape.closed = true;
    }
  }

  private static void readArray(JsonNode schema, Shape shape) {
    JsonNode items = schema.path("items");
    shape.tuple |= items.isArray() || schema.path("prefixItems").isArray();
    if (items.isObject() || items.isBoolean()) {
      shape.items.add(items);
    }
  }

  private static void readAnnotations(JsonNode schema, Shape shape) {
    if (shape.description.isEmpty() && schema.path("description").isTextual()) {
      shape.description = schema.get("description").textValue();
    }
    JsonNode tags = schema.path("x-tags");
    tags.forEach(tag -> shape.tags.add(tag.asText()));
  }

  private static void readChoice(JsonNode alternatives, Shape shape) {
    if (alternatives.isArray() && !alternatives.isEmpty()) {
      List<JsonNode> choice = new ArrayList<>();
      alternatives.forEach(choice::add);
      shape.choices.add(choice);
    }
  }
}
