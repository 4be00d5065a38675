package dev.tributary.pipelines.landing;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.tributary.schemas.types.ColumnType;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Column types as Parquet types, in the three-level form of lists and maps that every Delta client
 * reads (Parquet format, LogicalTypes.md). Decimals are 16-byte big-endian two's complement.
 */
final class ParquetTypes {
  static final int DECIMAL_BYTES = 16;

  private ParquetTypes() {}

  static MessageType message(String name, List<TableLayout.ColumnSpec> columns) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (TableLayout.ColumnSpec column : columns) {
      message.addField(field(column.name(), column.type(), column.nullable()));
    }
    return message.named(name.replace('.', '_'));
  }

  private static Type field(String name, ColumnType type, boolean nullable) {
    Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    if (type instanceof ColumnType.Struct struct) {
      Types.GroupBuilder<org.apache.parquet.schema.GroupType> group = Types.buildGroup(repetition);
      struct.fields().forEach(f -> group.addField(field(f.name(), f.type(), true)));
      return group.named(name);
    }
    if (type instanceof ColumnType.Array array) {
      return Types.list(repetition).element(field("element", array.element(), true)).named(name);
    }
    if (type instanceof ColumnType.MapOf map) {
      return Types.map(repetition)
          .key(Types.required(BINARY).as(stringType()).named("key"))
          .value(field("value", map.value(), true))
          .named(name);
    }
    return primitive(type, repetition).named(name);
  }

  private static Types.PrimitiveBuilder<PrimitiveType> primitive(
      ColumnType type, Repetition repetition) {
    if (type instanceof ColumnType.Bool) {
      return Types.primitive(BOOLEAN, repetition);
    }
    if (type instanceof ColumnType.Int32) {
      return Types.primitive(INT32, repetition);
    }
    if (type instanceof ColumnType.Bytes) {
      return Types.primitive(BINARY, repetition);
    }
    if (type instanceof ColumnType.Int64) {
      return Types.primitive(INT64, repetition);
    }
    if (type instanceof ColumnType.Float64) {
      return Types.primitive(DOUBLE, repetition);
    }
    if (type instanceof ColumnType.Timestamp) {
      return Types.primitive(INT64, repetition).as(timestampType(true, TimeUnit.MICROS));
    }
    if (type instanceof ColumnType.Date) {
      return Types.primitive(INT32, repetition).as(dateType());
    }
    if (type instanceof ColumnType.Decimal decimal) {
      return Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
          .length(DECIMAL_BYTES)
          .as(decimalType(decimal.scale(), decimal.precision()));
    }
    return Types.primitive(BINARY, repetition).as(stringType());
  }
}
