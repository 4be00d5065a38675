package dev.tributary.pipelines.landing;

import dev.tributary.schemas.types.ColumnType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Writes rows of decoded values (see {@link ColumnType}) as Parquet records, with one writer object
 * a column chosen once. A text or binary value may also come as a ready {@link Binary}: a slice of
 * the input that needs no copy.
 */
final class RowWriteSupport extends WriteSupport<Object[]> {
  private final TableLayout layout;
  private final String[] names;
  private final Value[] writers;
  private RecordConsumer out;

  RowWriteSupport(TableLayout layout) {
    this.layout = layout;
    List<TableLayout.ColumnSpec> columns = layout.columns();
    names = columns.stream().map(TableLayout.ColumnSpec::name).toArray(String[]::new);
    writers = columns.stream().map(c -> value(c.type())).toArray(Value[]::new);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in the superclass, so it has to be there
  public WriteContext init(Configuration configuration) {
    return new WriteContext(layout.parquet(), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Object[] row) {
    out.startMessage();
    for (int i = 0; i < writers.length; i++) {
      Object value = row[i];
      if (value != null) {
        out.startField(names[i], i);
        writers[i].write(out, value);
        out.endField(names[i], i);
      }
    }
    out.endMessage();
  }

  /** Writes one value that is not null. */
  private interface Value {
    void write(RecordConsumer out, Object value);
  }

  private static Value value(ColumnType type) {
    if (type instanceof ColumnType.Bool) {
      return (out, v) -> out.addBoolean((Boolean) v);
    }
    if (type instanceof ColumnType.Int64 || type instanceof ColumnType.Timestamp) {
      return (out, v) -> out.addLong((Long) v);
    }
    if (type instanceof ColumnType.Float64) {
      return (out, v) -> out.addDouble((Double) v);
    }
    if (type instanceof ColumnType.Date || type instanceof ColumnType.Int32) {
      return (out, v) -> out.addInteger((Integer) v);
    }
    if (type instanceof ColumnType.Decimal) {
      return (out, v) -> out.addBinary(decimal((BigDecimal) v));
    }
    if (type instanceof ColumnType.Struct struct) {
      return struct(struct);
    }
    if (type instanceof ColumnType.Array array) {
      return list(value(array.element()));
    }
    if (type instanceof ColumnType.MapOf map) {
      return map(value(map.value()));
    }
    return type instanceof ColumnType.Bytes
        ? (out, v) -> out.addBinary(Binary.fromConstantByteArray((byte[]) v))
        : new Text();
  }

  /** Texts; many columns repeat one, whose bytes are then made once. */
  private static final class Text implements Value {
    private String last = "";
    private Binary lastBytes = Binary.EMPTY;

    @Override
    public void write(RecordConsumer out, Object value) {
      if (value instanceof Binary ready) {
        out.addBinary(ready);
        return;
      }
      String text = (String) value;
      if (!text.equals(last)) {
        last = text;
        lastBytes = Binary.fromString(text);
      }
      out.addBinary(lastBytes);
    }
  }

  private static Binary decimal(BigDecimal value) {
    byte[] minimal = value.unscaledValue().toByteArray();
    byte[] padded = new byte[ParquetTypes.DECIMAL_BYTES];
    if (value.signum() < 0) {
      Arrays.fill(padded, (byte) -1);
    }
    System.arraycopy(minimal, 0, padded, padded.length - minimal.length, minimal.length);
    return Binary.fromConstantByteArray(padded);
  }

  private static Value struct(ColumnType.Struct type) {
    String[] names = type.fields().stream().map(ColumnType.Field::name).toArray(String[]::new);
    Value[] fields = type.fields().stream().map(f -> value(f.type())).toArray(Value[]::new);
    return (out, v) -> {
      Object[] values = (Object[]) v;
      out.startGroup();
      for (int i = 0; i < fields.length; i++) {
        if (values[i] != null) {
          out.startField(names[i], i);
          fields[i].write(out, values[i]);
          out.endField(names[i], i);
        }
      }
      out.endGroup();
    };
  }

  private static Value list(Value element) {
    return (out, v) -> {
      Object[] elements = (Object[]) v;
      out.startGroup();
      if (elements.length > 0) {
        out.startField("list", 0);
        for (Object each : elements) {
          out.startGroup();
          member(out, "element", 0, element, each);
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    };
  }

  private static Value map(Value value) {
    return (out, v) -> {
      Map<?, ?> entries = (Map<?, ?>) v;
      out.startGroup();
      if (!entries.isEmpty()) {
        out.startField("key_value", 0);
        entries.forEach(
            (key, each) -> {
              out.startGroup();
              out.startField("key", 0);
              out.addBinary(Binary.fromString((String) key));
              out.endField("key", 0);
              member(out, "value", 1, value, each);
              out.endGroup();
            });
        out.endField("key_value", 0);
      }
      out.endGroup();
    };
  }

  private static void member(RecordConsumer out, String name, int index, Value writer, Object v) {
    if (v != null) {
      out.startField(name, index);
      writer.write(out, v);
      out.endField(name, index);
    }
  }
}
