package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.schemas.types.Shape.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Maps one version of an event's JSON Schema to column types, by the rules in {@link ModelSchema}.
 * The result does not depend on the order of keys in the document.
 */
final class TypeMapper {
  private static final int MAX_DEPTH = 12;
  private static final int MAX_SCHEMAS_PER_PROPERTY = 2_000;
  private static final int MAX_SCALE_OF_SHORT_DECIMAL = 6;
  private static final int MAX_SCALE = 18;

  private final ShapeReader reader;
  private int schemasLeft = MAX_SCHEMAS_PER_PROPERTY;

  TypeMapper(JsonNode document) {
    this.reader = new ShapeReader(document);
  }

  /** The properties of an event, in column order: required ones first, then by code point. */
  static Map<String, MappedType> properties(JsonNode document) {
    TypeMapper mapper = new TypeMapper(document);
    Map<String, MappedType> merged = new LinkedHashMap<>();
    for (Shape shape : mapper.roots(document)) {
      for (String property : inColumnOrder(shape)) {
        MappedType type = mapper.bounded(shape, property);
        merged.merge(property, type, MappedType::join);
      }
    }
    merged.values().removeIf(MappedType::impossible);
    return merged;
  }

  /** The event's alternatives; only what they have in common when they are beyond all measure. */
  private List<Shape> roots(JsonNode document) {
    try {
      return alternatives(List.of(document), Set.of());
    } catch (TooLargeException tooLarge) {
      return List.of(reader.read(List.of(document), Set.of()));
    }
  }

  /** The property's type; JSON text when its schema expands beyond all measure. */
  private MappedType bounded(Shape shape, String property) {
    schemasLeft = MAX_SCHEMAS_PER_PROPERTY;
    try {
      return map(shape.properties.get(property), shape.references, 1);
    } catch (TooLargeException tooLarge) {
      return MappedType.json(Set.of(), "");
    }
  }

  private MappedType map(List<JsonNode> schemas, Set<String> enclosing, int depth) {
    MappedType result = null;
    for (Shape shape : alternatives(schemas, enclosing)) {
      MappedType type = mapShape(shape, union(enclosing, shape.references), depth);
      result = result == null ? type : result.join(type);
    }
    return result;
  }

  /** The shapes that {@code anyOf} and {@code oneOf} leave open, each without further choices. */
  private List<Shape> alternatives(List<JsonNode> schemas, Set<String> enclosing) {
    List<Shape> open = new ArrayList<>();
    expand(schemas, enclosing, 0, open);
    return open;
  }

  private void expand(List<JsonNode> schemas, Set<String> enclosing, int decided, List<Shape> to) {
    if (--schemasLeft < 0) {
      throw new TooLargeException();
    }
    Shape shape = reader.read(schemas, enclosing);
    if (shape.choices.size() <= decided) {
      to.add(shape);
      return;
    }
    for (JsonNode alternative : shape.choices.get(decided)) {
      List<JsonNode> chosen = new ArrayList<>(schemas);
      chosen.add(alternative);
      expand(chosen, enclosing, decided + 1, to);
    }
  }

  private MappedType mapShape(Shape shape, Set<String> enclosing, int depth) {
    if (shape.kinds.isEmpty()) {
      return MappedType.NEVER;
    }
    if (shape.only(Kind.NULL)) {
      return MappedType.ALWAYS_NULL.with(shape);
    }
    if (shape.only(Kind.OBJECT)) {
      return mapObject(shape, enclosing, depth);
    }
    if (shape.only(Kind.ARRAY)) {
      return mapArray(shape, enclosing, depth);
    }
    return MappedType.of(scalar(shape)).with(shape);
  }

  private static ColumnType scalar(Shape shape) {
    if (shape.only(Kind.STRING)) {
      return switch (shape.format) {
        case "date-time" -> new ColumnType.Timestamp();
        case "date" -> new ColumnType.Date();
        default -> new ColumnType.Text();
      };
    }
    if (shape.only(Kind.BOOLEAN)) {
      return new ColumnType.Bool();
    }
    if (shape.only(Kind.INTEGER)) {
      return integer(shape);
    }
    if (shape.only(Kind.FRACTION, Kind.INTEGER)) {
      return number(shape);
    }
    return new ColumnType.Json();
  }

  private static ColumnType integer(Shape shape) {
    return shape.exceedsInt64() ? new ColumnType.Decimal(38, 0) : new ColumnType.Int64();
  }

  private static ColumnType number(Shape shape) {
    if (shape.scale < 0 || shape.scale > MAX_SCALE) {
      return new ColumnType.Float64();
    }
    if (shape.scale == 0) {
      return integer(shape);
    }
    int precision = shape.scale <= MAX_SCALE_OF_SHORT_DECIMAL ? 18 : 38;
    return new ColumnType.Decimal(precision, shape.scale);
  }

  private MappedType mapArray(Shape shape, Set<String> enclosing, int depth) {
    if (shape.tuple || shape.items.isEmpty() || depth >= MAX_DEPTH) {
      return MappedType.json(Set.of(), "").with(shape);
    }
    MappedType element = map(shape.items, enclosing, depth + 1);
    ColumnType type =
        element.holdsJson() ? new ColumnType.Json() : new ColumnType.Array(element.type());
    return MappedType.of(type).with(shape).tagged(element.tags());
  }

  private MappedType mapObject(Shape shape, Set<String> enclosing, int depth) {
    if (depth >= MAX_DEPTH) {
      return MappedType.json(Set.of(), "").with(shape);
    }
    return shape.properties.isEmpty()
        ? mapOpenObject(shape, enclosing, depth)
        : mapStruct(shape, enclosing, depth);
  }

  private MappedType mapStruct(Shape shape, Set<String> enclosing, int depth) {
    Map<String, ColumnType> members = new LinkedHashMap<>();
    Set<String> tags = new HashSet<>();
    for (String property : inColumnOrder(shape)) {
      MappedType member = map(shape.properties.get(property), enclosing, depth + 1);
      if (!member.impossible()) {
        members.put(property, member.type());
        tags.addAll(member.tags());
      }
    }
    boolean open = !shape.closed || !shape.patternValues.isEmpty();
    ColumnType type = members.isEmpty() ? new ColumnType.Json() : TypeUnion.struct(members, open);
    return MappedType.of(type).with(shape).tagged(tags);
  }

  /** An object without named properties: a map when all its values have one type. */
  private MappedType mapOpenObject(Shape shape, Set<String> enclosing, int depth) {
    boolean untyped = shape.additionalValues.isEmpty() && !shape.closed;
    MappedType value = null;
    if (!untyped) {
      List<List<JsonNode>> possible = new ArrayList<>();
      shape.patternValues.forEach(pattern -> possible.add(List.of(pattern)));
      if (!shape.closed) {
        possible.add(shape.additionalValues);
      }
      for (List<JsonNode> schemas : possible) {
        MappedType one = map(schemas, enclosing, depth + 1);
        value = value == null ? one : value.join(one);
      }
    }
    if (value == null || value.holdsJson()) {
      return MappedType.json(value == null ? Set.of() : value.tags(), "").with(shape);
    }
    return MappedType.of(new ColumnType.MapOf(value.type())).with(shape).tagged(value.tags());
  }

  private static List<String> inColumnOrder(Shape shape) {
    return shape.properties.keySet().stream()
        .sorted(
            Comparator.<String, Boolean>comparing(name -> !shape.required.contains(name))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static Set<String> union(Set<String> enclosing, Set<String> more) {
    if (more.isEmpty()) {
      return enclosing;
    }
    Set<String> all = new HashSet<>(enclosing);
    all.addAll(more);
    return all;
  }

  /** Ends the mapping of a property whose schema expands to more than the limit. */
  private static final class TooLargeException extends RuntimeException {
    TooLargeException() {
      super("schema expands beyond the limit", null, false, false);
    }
  }
}
