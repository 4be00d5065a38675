package dev.tributary.pipelines.identity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How a value of a Parquet column becomes one of Spark's own. Times are in the proleptic Gregorian
 * calendar, as Spark writes them since version 3 unless it is told otherwise.
 */
@FunctionalInterface
interface StoredValue {
  /** Reads the value at the row that a column has come to. */
  Object read(FlatColumn column);

  /**
   * How values of a field are read.
   *
   * @throws IllegalArgumentException when the file stores another type than the table has
   */
  static StoredValue of(StructField field, PrimitiveType stored) {
    PrimitiveTypeName type = stored.getPrimitiveTypeName();
    if (field.dataType().equals(DataTypes.LongType) && type == PrimitiveTypeName.INT64) {
      return FlatColumn::readLong;
    } else if (field.dataType().equals(DataTypes.StringType) && type == PrimitiveTypeName.BINARY) {
      return column -> UTF8String.fromBytes(column.readBinary().getBytes());
    } else if (field.dataType().equals(DataTypes.DoubleType) && type == PrimitiveTypeName.DOUBLE) {
      return FlatColumn::readDouble;
    } else if (field.dataType().equals(DataTypes.IntegerType) && type == PrimitiveTypeName.INT32) {
      return FlatColumn::readInt;
    } else if (field.dataType().equals(DataTypes.BooleanType)
        && type == PrimitiveTypeName.BOOLEAN) {
      return FlatColumn::readBoolean;
    } else if (field.dataType().equals(DataTypes.TimestampType)
        && type == PrimitiveTypeName.INT96) {
      return column -> micros(column.readBinary());
    } else if (field.dataType().equals(DataTypes.TimestampType)
        && stored.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation unit) {
      return switch (unit.getUnit()) {
        case MILLIS -> column -> Math.multiplyExact(column.readLong(), 1_000L);
        case MICROS -> FlatColumn::readLong;
        case NANOS -> column -> Math.floorDiv(column.readLong(), 1_000L);
      };
    }
    throw new IllegalArgumentException(
        "Column %s of a data file is stored as %s and cannot be read as %s; rewrite the table."
            .formatted(field.name(), stored, field.dataType().simpleString()));
  }

  /** Nanoseconds of the day, then the Julian day: what Parquet calls INT96. */
  private static long micros(Binary stored) {
    ByteBuffer bytes = stored.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - 2_440_588L;
    return Math.addExact(Math.multiplyExact(day, 86_400_000_000L), Math.floorDiv(nanos, 1_000L));
  }
}
