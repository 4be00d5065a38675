package dev.tributary.pipelines.identity;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A row of {@link GroupRow#SCHEMA} in Spark's own form, of which a value becomes an object when it
 * is asked for.
 */
final class StoredRow implements Row {
  private static final long serialVersionUID = 1;

  private final InternalRow values;

  /**
   * @param values nobody else's
   */
  StoredRow(InternalRow values) {
    this.values = values;
  }

  @Override
  public int length() {
    return GroupRow.SCHEMA.length();
  }

  @Override
  public boolean isNullAt(int column) {
    return values.isNullAt(column);
  }

  @Override
  public boolean getBoolean(int column) {
    return values.getBoolean(column);
  }

  @Override
  public int getInt(int column) {
    return values.getInt(column);
  }

  @Override
  public long getLong(int column) {
    return values.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return values.getDouble(column);
  }

  @Override
  public String getString(int column) {
    return values.isNullAt(column) ? null : values.getUTF8String(column).toString();
  }

  @Override
  public Object get(int column) {
    return values.isNullAt(column)
        ? null
        : switch (column) {
          case GroupRow.A, GroupRow.B, GroupRow.C, GroupRow.D -> getString(column);
          case GroupRow.KIND, GroupRow.GRAPH -> getInt(column);
          case GroupRow.X -> getDouble(column);
          case GroupRow.FLAG -> getBoolean(column);
          default -> getLong(column);
        };
  }

  @Override
  public Row copy() {
    return new StoredRow(values.copy());
  }
}
