package dev.tributary.pipelines.lake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VariantType;

/**
 * The type that holds the values of two types, and the SQL that brings a value there. Integers
 * widen; an integer and a decimal meet in a decimal that holds both where 38 digits suffice, else,
 * and with a float, in double (exact up to 2^53 only); date and timestamp meet in timestamp (at
 * 00:00 UTC); structs by field name, arrays and maps by element. All else meets in string: scalar
 * values as CAST writes them, nested ones as JSON.
 */
final class CommonType {
  private static final int MAX_DIGITS = 38;
  private static final List<DataType> INTEGERS =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);
  private static final int[] DIGITS = {3, 5, 10, 19};

  private CommonType() {}

  static DataType of(DataType one, DataType other) {
    if (one.equals(other)) {
      return one;
    }
    if (one instanceof StructType a && other instanceof StructType b) {
      return structs(a, b);
    }
    if (one instanceof ArrayType a && other instanceof ArrayType b) {
      return new ArrayType(of(a.elementType(), b.elementType()), true);
    }
    if (one instanceof MapType a && other instanceof MapType b && a.keyType().equals(b.keyType())) {
      return new MapType(a.keyType(), of(a.valueType(), b.valueType()), true);
    }
    if (one instanceof NumericType && other instanceof NumericType) {
      return numbers(one, other);
    }
    return isTime(one) && isTime(other) ? DataTypes.TimestampType : DataTypes.StringType;
  }

  private static boolean isTime(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  private static DataType numbers(DataType one, DataType other) {
    int a = INTEGERS.indexOf(one);
    int b = INTEGERS.indexOf(other);
    if (a >= 0 && b >= 0) {
      return INTEGERS.get(Math.max(a, b));
    }
    DecimalType left = decimal(one, a);
    DecimalType right = decimal(other, b);
    if (left == null || right == null) {
      return DataTypes.DoubleType;
    }
    int scale = Math.max(left.scale(), right.scale());
    int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
    return whole + scale <= MAX_DIGITS
        ? DataTypes.createDecimalType(whole + scale, scale)
        : DataTypes.DoubleType;
  }

  private static DecimalType decimal(DataType type, int integer) {
    if (integer >= 0) {
      return DataTypes.createDecimalType(DIGITS[integer], 0);
    }
    return type instanceof DecimalType decimal ? decimal : null;
  }

  private static StructType structs(StructType one, StructType other) {
    Map<String, StructField> fields = new LinkedHashMap<>();
    Stream.of(one, other)
        .flatMap(struct -> Stream.of(struct.fields()))
        .map(field -> DataTypes.createStructField(field.name(), field.dataType(), true))
        .forEach(
            field ->
                fields.merge(
                    key(field.name()),
                    field,
                    (a, b) ->
                        DataTypes.createStructField(
                            a.name(), of(a.dataType(), b.dataType()), true)));
    return new StructType(fields.values().toArray(StructField[]::new));
  }

  /** SQL for the value of {@code sql}, a {@code from}, as a {@code to}. */
  static String convert(String sql, DataType from, DataType to) {
    return convert(sql, from, to, 0);
  }

  private static String convert(String sql, DataType from, DataType to, int depth) {
    if (DataType.equalsIgnoreNullability(from, to)) {
      return sql;
    }
    String element = "x" + depth;
    if (from instanceof StructType a && to instanceof StructType b) {
      return "IF(" + sql + " IS NULL, NULL, " + struct(sql, a, b, depth) + ")";
    }
    if (from instanceof ArrayType a && to instanceof ArrayType b) {
      String body = convert(element, a.elementType(), b.elementType(), depth + 1);
      return "transform(" + sql + ", " + element + " -> " + body + ")";
    }
    if (from instanceof MapType a && to instanceof MapType b) {
      String body = convert(element, a.valueType(), b.valueType(), depth + 1);
      return "transform_values(" + sql + ", (k" + depth + ", " + element + ") -> " + body + ")";
    }
    return isNested(from) ? "to_json(" + sql + ")" : cast(sql, from, to);
  }

  private static String cast(String sql, DataType from, DataType to) {
    return from instanceof BinaryType
        ? "base64(" + sql + ")"
        : "CAST(" + sql + " AS " + to.sql() + ")";
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof VariantType;
  }

  private static String struct(String sql, StructType from, StructType to, int depth) {
    Map<String, StructField> present = new LinkedHashMap<>();
    Stream.of(from.fields()).forEach(field -> present.put(key(field.name()), field));
    return Stream.of(to.fields())
        .map(
            field -> {
              StructField source = present.get(key(field.name()));
              String value =
                  source == null
                      ? nullOf(field.dataType())
                      : convert(
                          sql + "." + quote(source.name()),
                          source.dataType(),
                          field.dataType(),
                          depth);
              return text(field.name()) + ", " + value;
            })
        .collect(Collectors.joining(", ", "named_struct(", ")"));
  }

  static String nullOf(DataType type) {
    return "CAST(NULL AS " + type.sql() + ")";
  }

  static String quote(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
