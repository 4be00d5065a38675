package dev.tributary.pipelines.identity.components;

import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads edges as pairs of numbers, without a Java object a row. */
final class EdgeReader {
  private EdgeReader() {}

  static JavaRDD<long[]> read(Dataset<Row> edges) {
    return ComponentEngine.checked(edges)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(EdgeReader::pairs);
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
