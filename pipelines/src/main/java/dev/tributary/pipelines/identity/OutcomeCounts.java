package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many rows an outcome has, by kind, and how many of its changes are of which kind. */
record OutcomeCounts(Map<Integer, Long> kinds, Map<String, Long> changes) {
  static OutcomeCounts of(Dataset<Row> outcome) {
    OutcomeCounts counts = new OutcomeCounts(new TreeMap<>(), new TreeMap<>());
    outcome
        .groupBy(col("kind"), when(col("kind").equalTo(Outcome.CHANGE), col("s1")).as("of"))
        .count()
        .collectAsList()
        .forEach(
            row -> {
              counts.kinds.merge(row.getInt(0), row.getLong(2), Long::sum);
              if (!row.isNullAt(1)) {
                counts.changes.put(row.getString(1), row.getLong(2));
              }
            });
    return counts;
  }

  boolean has(int kind) {
    return kinds.containsKey(kind);
  }

  long rows(int kind) {
    return kinds.getOrDefault(kind, 0L);
  }
}
