package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.tributary.schemas.contract.IdentityBatchColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * How far the last batch came, by {@code identity.batches}.
 *
 * @param batch number of the batch; 0 where there was none
 * @param rules fingerprint of its rules; empty where there was none
 * @param versions the version of each source table up to which it was read
 */
record BatchCursor(long batch, String rules, Map<String, Long> versions) {
  private static final BatchCursor NONE = new BatchCursor(0, "", Map.of());
  private static final StructType ROWS =
      new StructType()
          .add(IdentityBatchColumns.BATCH, "bigint")
          .add(IdentityBatchColumns.SOURCE_TABLE, "string")
          .add(IdentityBatchColumns.FROM_VERSION, "bigint")
          .add(IdentityBatchColumns.UNTIL_VERSION, "bigint")
          .add(IdentityBatchColumns.MODE, "string")
          .add(IdentityBatchColumns.RULES, "string")
          .add(IdentityBatchColumns.AT, "bigint");

  static BatchCursor read(IdentityTables tables) {
    long version = tables.version(IdentityBatchColumns.TABLE);
    if (version < 0) {
      return NONE;
    }
    List<Row> newest =
        tables
            .at(IdentityBatchColumns.TABLE, version)
            .groupBy(IdentityBatchColumns.SOURCE_TABLE)
            .agg(
                max(struct(
                        col(IdentityBatchColumns.BATCH),
                        col(IdentityBatchColumns.UNTIL_VERSION),
                        col(IdentityBatchColumns.RULES)))
                    .as("newest"))
            .select(IdentityBatchColumns.SOURCE_TABLE, "newest.*")
            .collectAsList();
    long last = newest.stream().mapToLong(row -> row.getLong(1)).max().orElse(NONE.batch());
    Map<String, Long> versions = new TreeMap<>();
    String rules = NONE.rules();
    for (Row row : newest) {
      if (row.getLong(1) == last) {
        versions.put(row.getString(0), row.getLong(2));
        rules = row.getString(3);
      }
    }
    return new BatchCursor(last, rules, versions);
  }

  /** Writes that a batch is done: the last of its commits. */
  static void write(IdentityTables tables, BatchPlan plan, IdentityRules rules) {
    List<Row> rows = new ArrayList<>();
    plan.sources()
        .forEach(
            (table, range) ->
                rows.add(
                    RowFactory.create(
                        plan.batch(),
                        table,
                        range.from(),
                        range.until(),
                        plan.mode(),
                        rules.fingerprint(),
                        plan.atMicros())));
    Dataset<Row> written =
        tables
            .spark()
            .createDataFrame(rows, ROWS)
            .coalesce(1)
            .withColumn(IdentityBatchColumns.AT, timestamp_micros(col(IdentityBatchColumns.AT)));
    tables.append(IdentityBatchColumns.TABLE, written, plan.batch());
  }
}
