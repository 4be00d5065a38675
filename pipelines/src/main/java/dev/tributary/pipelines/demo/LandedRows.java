package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.TableName;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What the ledger of a lake says of one topic.
 *
 * @param batches micro-batches
 * @param registries different states of the schema registry that they were landed under
 */
record LandedRows(
    long batches, long records, long accepted, long rejected, long duplicates, long registries) {

  static LandedRows of(SparkSession spark, Lake lake, String topic) {
    TableName ledger = new TableName("ops", "landing_batches");
    if (!lake.isTable(ledger, spark.sessionState().newHadoopConf())) {
      return new LandedRows(0, 0, 0, 0, 0, 0);
    }
    Row row =
        spark
            .sql(
                """
                SELECT count(DISTINCT batch), coalesce(sum(records), 0), coalesce(sum(accepted), 0),
                       coalesce(sum(rejected), 0), coalesce(sum(duplicates), 0),
                       count(DISTINCT registry_fingerprint)
                FROM ops.landing_batches WHERE kind = 'stream' AND landed_from = :topic
                """,
                java.util.Map.of("topic", topic))
            .first();
    return new LandedRows(
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5));
  }
}
