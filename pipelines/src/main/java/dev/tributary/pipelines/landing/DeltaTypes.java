package dev.tributary.pipelines.landing;

import dev.tributary.schemas.types.ColumnType;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;

/** Column types as Delta's. */
final class DeltaTypes {
  private DeltaTypes() {}

  /** The schema of a new table, the partition column last. */
  static StructType struct(TableLayout layout) {
    StructType struct = new StructType();
    for (TableLayout.ColumnSpec column : layout.columns()) {
      struct =
          struct.add(
              new StructField(
                  column.name(), type(column.type()), column.nullable(), comment(column)));
    }
    return layout.partitionColumn() == null
        ? struct
        : struct.add(layout.partitionColumn(), DateType.DATE, true);
  }

  private static FieldMetadata comment(TableLayout.ColumnSpec column) {
    return column.comment().isEmpty()
        ? FieldMetadata.empty()
        : FieldMetadata.builder().putString("comment", column.comment()).build();
  }

  private static DataType type(ColumnType type) {
    if (type instanceof ColumnType.Bool) {
      return BooleanType.BOOLEAN;
    }
    if (type instanceof ColumnType.Int32) {
      return IntegerType.INTEGER;
    }
    if (type instanceof ColumnType.Int64) {
      return LongType.LONG;
    }
    if (type instanceof ColumnType.Float64) {
      return DoubleType.DOUBLE;
    }
    if (type instanceof ColumnType.Timestamp) {
      return TimestampType.TIMESTAMP;
    }
    if (type instanceof ColumnType.Date) {
      return DateType.DATE;
    }
    if (type instanceof ColumnType.Decimal decimal) {
      return new DecimalType(decimal.precision(), decimal.scale());
    }
    if (type instanceof ColumnType.Bytes) {
      return BinaryType.BINARY;
    }
    if (type instanceof ColumnType.Struct struct) {
      StructType result = new StructType();
      for (ColumnType.Field field : struct.fields()) {
        result = result.add(field.name(), type(field.type()), true);
      }
      return result;
    }
    if (type instanceof ColumnType.Array array) {
      return new ArrayType(type(array.element()), true);
    }
    if (type instanceof ColumnType.MapOf map) {
      return new MapType(StringType.STRING, type(map.value()), true);
    }
    return StringType.STRING;
  }
}
