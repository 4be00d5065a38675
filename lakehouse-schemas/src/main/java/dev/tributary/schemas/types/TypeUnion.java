package dev.tributary.schemas.types;

import dev.tributary.schemas.contract.EnvelopeColumns;
import dev.tributary.schemas.registry.SchemaVersion;
import dev.tributary.schemas.types.ColumnType.Array;
import dev.tributary.schemas.types.ColumnType.Date;
import dev.tributary.schemas.types.ColumnType.Decimal;
import dev.tributary.schemas.types.ColumnType.Field;
import dev.tributary.schemas.types.ColumnType.Float64;
import dev.tributary.schemas.types.ColumnType.Int64;
import dev.tributary.schemas.types.ColumnType.Json;
import dev.tributary.schemas.types.ColumnType.MapOf;
import dev.tributary.schemas.types.ColumnType.Struct;
import dev.tributary.schemas.types.ColumnType.Text;
import dev.tributary.schemas.types.ColumnType.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Types over several schemas: joined where the schemas are alternatives within one version,
 * extended where they are successive versions of one table.
 */
final class TypeUnion {
  private TypeUnion() {}

  static Field additionalField() {
    return new Field(EnvelopeColumns.ADDITIONAL_PROPERTIES, null, new Json());
  }

  /** The narrowest type that holds the values of both; JSON text if there is nothing better. */
  static ColumnType join(ColumnType one, ColumnType other) {
    if (one.equals(other)) {
      return one;
    }
    if (textual(one) && textual(other)) {
      return new Text();
    }
    if (numeric(one) && numeric(other)) {
      return whole(one) && whole(other) ? new Decimal(38, 0) : new Float64();
    }
    if (one instanceof Struct left && other instanceof Struct right) {
      return joinStructs(left, right);
    }
    if (one instanceof Array left && other instanceof Array right) {
      ColumnType element = join(left.element(), right.element());
      return element instanceof Json ? element : new Array(element);
    }
    if (one instanceof MapOf left && other instanceof MapOf right) {
      ColumnType value = join(left.value(), right.value());
      return value instanceof Json ? value : new MapOf(value);
    }
    return new Json();
  }

  private static boolean textual(ColumnType type) {
    return type instanceof Text || type instanceof Timestamp || type instanceof Date;
  }

  private static boolean numeric(ColumnType type) {
    return type instanceof Int64 || type instanceof Float64 || type instanceof Decimal;
  }

  private static boolean whole(ColumnType type) {
    return type instanceof Int64 || type instanceof Decimal decimal && decimal.scale() == 0;
  }

  private static Struct joinStructs(Struct left, Struct right) {
    Map<String, ColumnType> members = new LinkedHashMap<>();
    boolean open = false;
    for (Struct struct : List.of(left, right)) {
      for (Field field : struct.fields()) {
        open |= field.collectsAdditional();
        if (!field.collectsAdditional()) {
          members.merge(field.property(), field.type(), TypeUnion::join);
        }
      }
    }
    return struct(members, open);
  }

  /** A struct of these properties in this order, with a field for the others when it is open. */
  static Struct struct(Map<String, ColumnType> members, boolean open) {
    Map<String, String> names = FieldNames.inStruct(Set.of()).assign(members.keySet());
    List<Field> fields = new ArrayList<>();
    members.forEach((property, type) -> fields.add(new Field(names.get(property), property, type)));
    if (open) {
      fields.add(additionalField());
    }
    return new Struct(fields);
  }

  /** Whether a column of type {@code existing} can take values of {@code incoming} as it is. */
  static boolean holds(ColumnType existing, ColumnType incoming) {
    if (existing instanceof Json || existing.equals(incoming)) {
      return true;
    }
    if (existing instanceof Text) {
      return textual(incoming);
    }
    if (existing instanceof Float64) {
      return numeric(incoming);
    }
    if (existing instanceof Decimal wide) {
      return wide.precision() == 38 && wide.scale() == 0 && incoming instanceof Int64;
    }
    if (existing instanceof Array array) {
      return incoming instanceof Array other && holds(array.element(), other.element());
    }
    if (existing instanceof MapOf map) {
      return incoming instanceof MapOf other && holds(map.value(), other.value());
    }
    return existing instanceof Struct && incoming instanceof Struct;
  }

  /** The existing type with the fields that the incoming one adds, given that it holds it. */
  static ColumnType extend(ColumnType existing, ColumnType incoming, SchemaVersion version) {
    if (existing instanceof Struct struct && incoming instanceof Struct other) {
      Function<List<String>, FieldNames> names = FieldNames::inStruct;
      return new Struct(extend(struct.fields(), other.fields(), names, version));
    }
    if (existing instanceof Array array && incoming instanceof Array other) {
      return new Array(extend(array.element(), other.element(), version));
    }
    if (existing instanceof MapOf map && incoming instanceof MapOf other) {
      return new MapOf(extend(map.value(), other.value(), version));
    }
    return existing;
  }

  /** The existing fields, those that take more extended in place, and new ones at the end. */
  static List<Field> extend(
      List<Field> existing,
      List<Field> incoming,
      Function<List<String>, FieldNames> naming,
      SchemaVersion version) {
    List<Field> fields = new ArrayList<>(existing);
    List<Field> added = new ArrayList<>();
    for (Field field : incoming) {
      int slot = slot(fields, field);
      if (slot < 0) {
        added.add(field);
      } else {
        Field old = fields.get(slot);
        ColumnType type = extend(old.type(), field.type(), version);
        fields.set(slot, new Field(old.name(), old.property(), type));
      }
    }
    fields.addAll(named(existing, added, naming, version));
    return fields;
  }

  private static List<Field> named(
      List<Field> existing,
      List<Field> added,
      Function<List<String>, FieldNames> naming,
      SchemaVersion version) {
    Set<String> known = new TreeSet<>();
    existing.stream().filter(f -> !f.collectsAdditional()).forEach(f -> known.add(f.property()));
    FieldNames names = naming.apply(existing.stream().map(Field::name).toList());
    Map<String, String> fresh =
        names.assign(
            added.stream()
                .filter(field -> !field.collectsAdditional())
                .map(Field::property)
                .filter(property -> !known.contains(property))
                .collect(Collectors.toList()));
    List<Field> fields = new ArrayList<>();
    for (Field field : added) {
      if (field.collectsAdditional()) {
        fields.add(field);
      } else {
        String name = fresh.get(field.property());
        if (name == null) {
          name = names.assign(field.property(), version.revision(), version.addition());
        }
        fields.add(new Field(name, field.property(), field.type()));
      }
    }
    return fields;
  }

  /** Index of the first field that holds this property with this type, or -1. */
  static int slot(List<Field> fields, Field incoming) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      boolean same =
          incoming.collectsAdditional()
              ? field.collectsAdditional()
              : incoming.property().equals(field.property());
      if (same && holds(field.type(), incoming.type())) {
        return i;
      }
    }
    return -1;
  }
}
