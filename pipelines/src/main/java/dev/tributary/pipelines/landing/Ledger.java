package dev.tributary.pipelines.landing;

import static dev.tributary.schemas.contract.LandingBatchColumns.APPLICATION;
import static dev.tributary.schemas.contract.LandingBatchColumns.BATCH;
import static dev.tributary.schemas.contract.LandingBatchColumns.COMMITTED_AT;
import static dev.tributary.schemas.contract.LandingBatchColumns.FROM_OFFSET;
import static dev.tributary.schemas.contract.LandingBatchColumns.KIND;
import static dev.tributary.schemas.contract.LandingBatchColumns.LANDED_FROM;
import static dev.tributary.schemas.contract.LandingBatchColumns.LANDED_PARTITION;
import static dev.tributary.schemas.contract.LandingBatchColumns.MAX_RECORD_TIME;
import static dev.tributary.schemas.contract.LandingBatchColumns.TOPIC_ID;
import static dev.tributary.schemas.contract.LandingBatchColumns.UNTIL_OFFSET;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
   * @param numbered whether the stream reads files
   * @throws dev.tributary.pipelines.job.JobException when this stream has landed a topic that was
   *     re-created since
   */
  StreamState state(String application, Map<String, String> topicIds, boolean numbered) {
    StreamState state = new StreamState();
    if (tables.schema(FixedTables.BATCHES.name()).isEmpty()) {
      return state;
    }
    state.committed =
        tables.committed(FixedTables.BATCHES.name(), application).orElse(BatchContext.NEVER);
    if (numbered && state.committed != BatchContext.NEVER) {
      return state; // a file is read by one stream once; only a new stream asks what others read
    }
    refuseRecreated(application, topicIds);
    List<Row> rows =
        streamed(topicIds)
            .groupBy(LANDED_FROM, LANDED_PARTITION, APPLICATION)
            .agg(max(BATCH), max(UNTIL_OFFSET))
            .collectAsList();
    for (Row row : rows) {
      String key = BatchContext.partition(row.getString(0), row.getInt(1));
      if (row.getString(2).equals(application)) {
        state.lastBatch.put(key, row.getLong(3));
        state.ownUntil.put(key, row.getLong(4));
      } else {
        state.landedUntil.merge(key, row.getLong(4), Math::max);
      }
    }
    return state;
  }

  private void refuseRecreated(String application, Map<String, String> topicIds) {
    List<String> recreated =
        batches()
            .where(col(APPLICATION).equalTo(application))
            .where(col(LANDED_FROM).isin(topicIds.keySet().toArray()))
            .where(not(col(TOPIC_ID).isin(topicIds.values().toArray())))
            .select(LANDED_FROM)
            .distinct()
            .as(Encoders.STRING())
            .collectAsList();
    if (!recreated.isEmpty()) {
      throw LandingErrors.recreated(recreated);
    }
  }

  /**
   * The batches of one partition whose ids are remembered, oldest first.
   *
   * @param fromOffset the least offset in them
   */
  record Horizon(String landedFrom, int partition, long fromOffset, List<Past> batches) {}

  /**
   * A batch of the past.
   *
   * @param landedAt its time, which its rows carry, microseconds
   * @param maxTime latest record time in it, microseconds
   */
  record Past(long landedAt, long maxTime) {}

  /**
   * The batches of each partition that lie within the horizon, which begins with the first batch
   * that reaches into it: from there on an id is as old as the latest record up to it.
   */
  List<Horizon> horizons(Map<String, String> topicIds, Duration horizon) {
    if (tables.schema(FixedTables.BATCHES.name()).isEmpty()) {
      return List.of();
    }
    Column[] partition = {col(LANDED_FROM), col(LANDED_PARTITION)};
    List<String> names = List.of(LANDED_FROM, LANDED_PARTITION);
    Dataset<Row> rows =
        streamed(topicIds)
            .withColumn("time", unix_micros(col(MAX_RECORD_TIME)))
            .withColumn("landed", unix_micros(col(COMMITTED_AT)));
    Dataset<Row> newest = rows.groupBy(partition).agg(max("time").as("newest"));
    Dataset<Row> first =
        using(rows, newest, names)
            .where(col("time").geq(col("newest").minus(horizon.toSeconds() * 1_000_000)))
            .groupBy(partition)
            .agg(min("landed").as("first"));
    List<Row> found =
        using(rows, first, names)
            .where(col("landed").geq(col("first")))
            .select(LANDED_FROM, LANDED_PARTITION, FROM_OFFSET, "landed", "time")
            .orderBy(col("landed"), col(BATCH))
            .collectAsList();
    Map<String, Horizon> horizons = new TreeMap<>();
    for (Row row : found) {
      Horizon one =
          new Horizon(
              row.getString(0),
              row.getInt(1),
              row.getLong(2),
              new ArrayList<>(List.of(new Past(row.getLong(3), row.getLong(4)))));
      horizons.merge(
          BatchContext.partition(one.landedFrom(), one.partition()), one, Ledger::followed);
    }
    return List.copyOf(horizons.values());
  }

  private static Horizon followed(Horizon earlier, Horizon later) {
    earlier.batches().addAll(later.batches());
    return new Horizon(
        earlier.landedFrom(),
        earlier.partition(),
        Math.min(earlier.fromOffset(), later.fromOffset()),
        earlier.batches());
  }

  private static Dataset<Row> using(Dataset<Row> rows, Dataset<Row> other, List<String> columns) {
    return rows.join(other, columns.toArray(String[]::new));
  }

  private Dataset<Row> batches() {
    return spark.read().format("delta").load(tables.root(FixedTables.BATCHES.name()));
  }

  private Dataset<Row> streamed(Map<String, String> topicIds) {
    Dataset<Row> rows = batches().where(col(KIND).equalTo("stream"));
    return topicIds.isEmpty()
        ? rows
        : rows.where(col(LANDED_FROM).isin(topicIds.keySet().toArray()))
            .where(col(TOPIC_ID).isin(topicIds.values().toArray()));
  }
}
