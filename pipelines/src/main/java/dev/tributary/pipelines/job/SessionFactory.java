package dev.tributary.pipelines.job;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a run; the lake knows how. */
@FunctionalInterface
public interface SessionFactory {

  /**
   * Opens a session, or takes the one that the process has.
   *
   * @param lake the lake's path or URI
   * @param application the name in Spark's UI and event log
   * @param settings what the user set by {@code spark.*} keys
   */
  SparkSession open(String lake, String application, Map<String, String> settings);
}
