package dev.tributary.schemas.types;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The type of a lake column that holds an event property. Each record says which Java value a
 * {@link Decoder} gives for it; {@code null} always is SQL NULL, and every column, field, element
 * and map value may be NULL.
 */
public sealed interface ColumnType extends Serializable {

  /** The type in Spark SQL, e.g. {@code array<struct<`sku`:string,`price`:decimal(18,2)>>}. */
  String sql();

  /** SQL STRING; decoded as {@link String}. */
  record Text() implements ColumnType {
    @Override
    public String sql() {
      return "string";
    }
  }

  /** SQL BOOLEAN; decoded as {@link Boolean}. */
  record Bool() implements ColumnType {
    @Override
    public String sql() {
      return "boolean";
    }
  }

  /** SQL BIGINT; decoded as {@link Long}. */
  record Int64() implements ColumnType {
    @Override
    public String sql() {
      return "bigint";
    }
  }

  /** SQL DOUBLE; decoded as a finite {@link Double}. */
  record Float64() implements ColumnType {
    @Override
    public String sql() {
      return "double";
    }
  }

  /** SQL DECIMAL; decoded as {@link java.math.BigDecimal} of exactly this scale. */
  record Decimal(int precision, int scale) implements ColumnType {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "decimal(%d,%d) is out of range; precision is 1 to 38, scale 0 to the precision"
                .formatted(precision, scale));
      }
    }

    @Override
    public String sql() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** SQL TIMESTAMP; decoded as {@link Long}, microseconds since 1970-01-01T00:00:00Z. */
  record Timestamp() implements ColumnType {
    @Override
    public String sql() {
      return "timestamp";
    }
  }

  /** SQL DATE; decoded as {@link Integer}, days since 1970-01-01. */
  record Date() implements ColumnType {
    @Override
    public String sql() {
      return "date";
    }
  }

  /** SQL STRING that holds compact JSON text of any value; decoded as {@link String}. */
  record Json() implements ColumnType {
    @Override
    public String sql() {
      return "string";
    }
  }

  /** SQL STRUCT; decoded as {@code Object[]} in field order. */
  record Struct(List<Field> fields) implements ColumnType {
    public Struct {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException(
            "a struct without fields cannot be stored in Parquet; use Json");
      }
    }

    @Override
    public String sql() {
      return fields.stream()
          .map(field -> "`" + field.name() + "`:" + field.type().sql())
          .collect(Collectors.joining(",", "struct<", ">"));
    }
  }

  /** SQL ARRAY; decoded as {@code Object[]}. */
  record Array(ColumnType element) implements ColumnType {
    public Array {
      Objects.requireNonNull(element, "element");
    }

    @Override
    public String sql() {
      return "array<" + element.sql() + ">";
    }
  }

  /** SQL MAP with STRING keys; decoded as {@code LinkedHashMap<String, Object>}. */
  record MapOf(ColumnType value) implements ColumnType {
    public MapOf {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String sql() {
      return "map<string," + value.sql() + ">";
    }
  }

  /**
   * A field of a struct.
   *
   * @param name the field's name, unique within its struct whatever the case
   * @param property the JSON property it holds, or null for the field that collects, as one JSON
   *     object, the properties the schema allows but does not name
   */
  record Field(String name, String property, ColumnType type) implements Serializable {
    public Field {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
    }

    /** Whether this field collects the properties that no other field holds. */
    public boolean collectsAdditional() {
      return property == null;
    }
  }
}
