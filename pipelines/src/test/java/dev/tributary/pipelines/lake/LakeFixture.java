package dev.tributary.pipelines.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One Spark for all tests of this JVM, with only our extension; a lake and a session each. */
public final class LakeFixture {
  private static SparkSession shared;

  private final Lake lake;
  private final SparkSession spark;

  private LakeFixture(Lake lake, SparkSession spark) {
    this.lake = lake;
    this.spark = spark;
  }

  /** A new lake with two models of an order, a timeline and a run record. */
  public static LakeFixture shop(Path directory) {
    LakeFixture fixture = empty(directory);
    fixture.write(
        "silver.order_completed_v1",
        """
        SELECT 'm1' message_id, timestamp'2026-01-05 10:00:00' event_time, '1-0-0' schema_version,
               CAST(10.50 AS DECIMAL(10,2)) total, CAST(2 AS INT) items, 'EUR' currency,
               named_struct('city', 'Bonn', 'zip', 53111) address
        UNION ALL
        SELECT 'm2', timestamp'2026-01-06 11:00:00', '1-0-1', 20.00, 1, NULL, NULL
        """);
    fixture.write(
        "silver.order_completed_v2",
        """
        SELECT 'm3' message_id, timestamp'2026-02-01 12:00:00' event_time, '2-0-0' schema_version,
               CAST(30.125 AS DECIMAL(12,3)) total, 3L items, 'gift' note, true currency,
               named_struct('city', 'Lyon', 'country', 'FR') address
        """);
    fixture.write("silver.activity", "SELECT 'm1' message_id, 'Order Completed' event");
    fixture.write("ops.job_runs", "SELECT 'landing' job, 0 exit_code");
    return fixture;
  }

  /** A new lake with nothing in it. */
  public static LakeFixture empty(Path directory) {
    Lake lake = Lake.at(directory.resolve("lake"));
    SparkSession spark = shared().newSession();
    spark.conf().set(Lake.SETTING, lake.toString());
    return new LakeFixture(lake, spark);
  }

  private static synchronized SparkSession shared() {
    if (shared == null || shared.sparkContext().isStopped()) {
      try {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path elsewhere = Files.createTempDirectory(target, "no-lake");
        shared = LakeSession.on(Lake.at(elsewhere)).with("spark.master", "local[2]").open();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  public Lake lake() {
    return lake;
  }

  public SparkSession spark() {
    return spark;
  }

  /** Writes a table by its path, as landing does: no catalog is told of it. */
  public void write(String name, String query) {
    spark
        .sql(query)
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(lake.tablePath(TableName.parse(name)));
  }

  public Dataset<Row> sql(String text) {
    return spark.sql(text);
  }
}
