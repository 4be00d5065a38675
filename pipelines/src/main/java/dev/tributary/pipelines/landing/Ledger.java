package dev.tributary.pipelines.landing;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * {@code ops.landing_batches}: one row for each batch and partition, committed after everything
 * else of the batch. What it holds has landed; what it does not hold has not.
 */
final class Ledger {
  private final SparkSession spark;
  private final String lake;
  private final Configuration hadoop;
  private final DeltaTables tables;

  Ledger(SparkSession spark, String lake, Configuration hadoop) {
    this.spark = spark;
    this.lake = lake;
    this.hadoop = hadoop;
    this.tables = new DeltaTables(lake, hadoop);
  }

  /** Writes the rows of a batch as a file that its manifest will name. */
  List<WrittenFile> write(
      String application,
      long batch,
      String kind,
      long landedAt,
      String fingerprint,
      Map<String, String> topicIds,
      List<PartitionCounts> counts)
      throws IOException {
    OpenFiles files = new OpenFiles(lake, hadoop, "batch-%05d".formatted(batch));
    for (PartitionCounts c : counts) {
      files.write(
          FixedTables.BATCHES,
          0,
          FixedTables.batch(
              application, batch, kind, c, topicIds.get(c.landedFrom), fingerprint, landedAt));
    }
    return files.close();
  }

  /**
   * Where a stream stands.
   *
   * @param application the stream
   * @param topicIds the topics as they are now; rows of a topic that was re-created since do not
   *     count
   * @param horizon how far back ids are remembered
   * @param numbered whether the stream reads files
   */
  StreamState state(
      String application, Map<String, String> topicIds, Duration horizon, boolean numbered) {
    StreamState state = new StreamState();
    if (tables.schema(FixedTables.BATCHES.name()).isEmpty()) {
      return state;
    }
    state.committed =
        tables.committed(FixedTables.BATCHES.name(), application).orElse(BatchContext.NEVER);
    if (numbered && state.committed != BatchContext.NEVER) {
      return state; // a file is read by one stream once; only a new stream asks what others read
    }
    List<Row> rows = recent(topicIds, horizon).collectAsList();
    for (Row row : rows) {
      String from = row.getString(0);
      int partition = row.getInt(1);
      String key = BatchContext.partition(from, partition);
      if (!row.isNullAt(2) && row.getString(2).equals(application)) {
        state.lastBatch.merge(key, row.getLong(3), Math::max);
      } else {
        state.landedUntil.merge(key, row.getLong(5), Math::max);
      }
      StreamState.Horizon found = new StreamState.Horizon(from, partition, row.getLong(4));
      state.horizons.merge(key, found, (a, b) -> a.fromOffset() <= b.fromOffset() ? a : b);
    }
    return state;
  }

  /**
   * One row for each partition and application: its last batch, the end of what it landed, and
   * where the horizon begins.
   */
  private Dataset<Row> recent(Map<String, String> topicIds, Duration horizon) {
    Dataset<Row> rows =
        spark
            .read()
            .format("delta")
            .load(tables.root(FixedTables.BATCHES.name()))
            .where(col("kind").equalTo("stream"));
    if (!topicIds.isEmpty()) {
      Dataset<Row> topics = rows.where(col("landed_from").isin(topicIds.keySet().toArray()));
      rows = topics.where(col("topic_id").isin(topicIds.values().toArray()));
    }
    rows.createOrReplaceTempView("tributary_ledger_rows");
    return spark.sql(
        """
        WITH newest AS (
          SELECT landed_from, landed_partition, max(max_record_time) AS until
          FROM tributary_ledger_rows GROUP BY landed_from, landed_partition)
        SELECT l.landed_from, l.landed_partition, l.application, max(l.batch),
               min(CASE WHEN l.max_record_time >= n.until - make_interval(0,0,0,0,0,0,%d)
                        THEN l.from_offset ELSE %d END),
               max(l.until_offset)
        FROM tributary_ledger_rows l JOIN newest n USING (landed_from, landed_partition)
        GROUP BY l.landed_from, l.landed_partition, l.application
        """
            .formatted(horizon.toSeconds(), Long.MAX_VALUE));
  }
}
