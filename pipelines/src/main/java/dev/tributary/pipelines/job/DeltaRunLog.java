package dev.tributary.pipelines.job;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Appends to {@code ops.job_runs} and {@code ops.job_metrics} of a lake, creating them if need be.
 * Several processes may append at once; appends do not conflict, and the one race there is (two
 * that create the table) is tried again.
 */
final class DeltaRunLog implements RunLog {
  static final StructType RUNS =
      new StructType()
          .add("run_id", StringType)
          .add("job", StringType)
          .add("status", StringType)
          .add("exit_code", IntegerType)
          .add("started_at", TimestampType)
          .add("ended_at", TimestampType)
          .add("duration_ms", LongType)
          .add("config", StringType)
          .add("result", StringType)
          .add("error", StringType)
          .add("versions", StringType);
  static final StructType METRICS =
      new StructType()
          .add("run_id", StringType)
          .add("job", StringType)
          .add("metric", StringType)
          .add("value", DoubleType)
          .add("unit", StringType)
          .add("recorded_at", TimestampType);

  private static final int ATTEMPTS = 4;

  private final String lake;
  private final Supplier<SparkSession> spark;

  DeltaRunLog(String lake, Supplier<SparkSession> spark) {
    this.lake = lake;
    this.spark = spark;
  }

  @Override
  public void record(RunRecord run) {
    append("job_runs", List.of(row(run)), RUNS);
  }

  @Override
  public void record(RunRecord run, List<Metric> metrics, Instant at) {
    List<Row> rows =
        metrics.stream()
            .map(m -> RowFactory.create(run.runId(), run.job(), m.name(), m.value(), m.unit(), at))
            .toList();
    append("job_metrics", rows, METRICS);
  }

  private static Row row(RunRecord run) {
    return RowFactory.create(
        run.runId(),
        run.job(),
        run.status().text(),
        run.exitCode().map(ExitCode::code).orElse(null),
        run.startedAt(),
        run.endedAt().orElse(null),
        run.duration().map(Duration::toMillis).orElse(null),
        Json.write(run.config()),
        run.endedAt().isEmpty() ? null : Json.write(run.result()),
        run.error().orElse(null),
        Json.write(run.versions()));
  }

  private void append(String table, List<Row> rows, StructType schema) {
    SparkSession session = spark.get();
    session.sparkContext().setJobDescription("record the run in ops." + table);
    try {
      for (int attempt = 1; !appended(session, table, rows, schema, attempt); attempt++) {
        pause(attempt);
      }
    } finally {
      session.sparkContext().setJobDescription(null);
    }
  }

  private boolean appended(
      SparkSession session, String table, List<Row> rows, StructType schema, int attempt) {
    try {
      session
          .createDataFrame(rows, schema)
          .coalesce(1)
          .write()
          .format("delta")
          .mode(SaveMode.Append)
          .save(lake + "/ops/" + table);
      return true;
    } catch (RuntimeException e) {
      if (attempt == ATTEMPTS || !isConflict(e)) {
        throw e;
      }
      return false;
    }
  }

  private static boolean isConflict(Throwable error) {
    return error.getClass().getName().startsWith("io.delta.exceptions.")
        || error.getClass().getSimpleName().startsWith("Concurrent");
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(50L, 200L * attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while recording the run", e);
    }
  }
}
