package dev.tributary.pipelines.landing;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where a stream reads from. */
interface LandingInput {

  /**
   * The input as a stream of landed_from (string), partition (int), offset (bigint, null where
   * records are to be counted), time (timestamp), value (binary), headers (array of key and value,
   * or null).
   */
  Dataset<Row> stream(SparkSession spark);

  /** Whether records are counted in their file, since they carry no offset. */
  boolean numbered();

  /** Topic → Kafka's id of it; empty for files. Fails when the input cannot be reached. */
  Map<String, String> topicIds();

  /** How many records there are to land at most; 0 when that is not known. */
  long size();

  /** The source system of events that do not name their own, where the input tells it. */
  default Optional<String> sourceName() {
    return Optional.empty();
  }

  /** What a person calls it. */
  String describe();
}
