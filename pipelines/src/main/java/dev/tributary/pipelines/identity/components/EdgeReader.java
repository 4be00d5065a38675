package dev.tributary.pipelines.identity.components;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Reads edges as pairs of numbers, without a Java object a row. */
final class EdgeReader {
  private EdgeReader() {}

  static JavaRDD<long[]> read(Dataset<Row> edges) {
    check(edges, ComponentEngine.SRC);
    check(edges, ComponentEngine.DST);
    return edges
        .select(col(ComponentEngine.SRC), col(ComponentEngine.DST))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(EdgeReader::pairs);
  }

  private static void check(Dataset<Row> edges, String column) {
    String[] columns = edges.columns();
    if (!Arrays.asList(columns).contains(column)) {
      throw ComponentErrors.noColumn(column, columns);
    }
    DataType type = edges.schema().apply(column).dataType();
    if (!type.equals(DataTypes.LongType)) {
      throw ComponentErrors.notBigint(column, type);
    }
  }

  private static Iterator<long[]> pairs(Iterator<InternalRow> rows) {
    return new Produced<>() {
      @Override
      boolean step(Queue<long[]> ready) {
        Chunks chunks = new Chunks(ready);
        while (ready.isEmpty() && rows.hasNext()) {
          InternalRow row = rows.next();
          chunks.addPair(end(row, 0, ComponentEngine.SRC), end(row, 1, ComponentEngine.DST));
        }
        if (rows.hasNext()) {
          return true;
        }
        chunks.flush();
        return false;
      }
    };
  }

  private static long end(InternalRow row, int ordinal, String column) {
    if (row.isNullAt(ordinal)) {
      throw ComponentErrors.nullEnd(column);
    }
    return row.getLong(ordinal);
  }
}
