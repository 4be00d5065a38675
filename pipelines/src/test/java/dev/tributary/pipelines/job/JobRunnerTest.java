package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunnerTest {
  @TempDir static Path directory;
  private static SparkSession spark;

  private final Path lake = directory.resolve("lake");
  private RecordedRuns runs = new RecordedRuns(spark, lake);

  @BeforeAll
  static void openSession() {
    spark = RecordedRuns.open(directory.resolve("lake"), "local[2]");
  }

  @AfterAll
  static void closeSession() {
    spark.stop();
  }

  record Rows(
      @Default("10") @Doc("how many rows") long rows,
      Optional<String> password,
      Map<String, String> kafka) {}

  @Test
  void recordsStartEndMetricsAndLineageOfARun() throws Exception {
    Path events = directory.resolve("lineage.jsonl");
    ExitCode code =
        run(
            job(
                "count",
                (context, config) -> {
                  context.writes(LineageDataset.table(context.lake(), "silver.numbers"));
                  context
                      .spark()
                      .range(config.rows())
                      .repartition(3)
                      .write()
                      .format("delta")
                      .mode("overwrite")
                      .save(context.lake() + "/silver/numbers");
                  return JobResult.of("rows", config.rows()).and("tables", Map.of("numbers", 0));
                }),
            "rows=1000",
            "openlineage.url=file:" + events);

    assertThat(code).isEqualTo(ExitCode.SUCCESS);
    JsonNode line = runs.closingLine();
    assertThat(line.get("status").asText()).isEqualTo("succeeded");
    assertThat(line.get("exit_code").asInt()).isZero();
    assertThat(line.get("rows").asLong()).isEqualTo(1000);
    assertThat(line.at("/versions/delta").asText()).isEqualTo("4.0.1");
    assertThat(line.get("duration_ms").asLong()).isPositive();

    String runId = line.get("run_id").asText();
    List<Row> rows = runs(runId);
    assertThat(rows).extracting(row -> row.getAs("status")).containsExactly("started", "succeeded");
    assertThat(rows.get(1).<Integer>getAs("exit_code")).isZero();
    assertThat(rows.get(1).<Long>getAs("duration_ms")).isEqualTo(line.get("duration_ms").asLong());
    assertThat(rows.get(1).<String>getAs("config")).contains("\"rows\":\"1000\"");
    assertThat(rows.get(1).<String>getAs("result"))
        .isEqualTo("{\"rows\":1000,\"tables\":{\"numbers\":0}}");

    Map<String, Double> metrics = metrics(runId);
    assertThat(metrics.get("output_records")).isEqualTo(1000);
    assertThat(metrics.get("shuffle_write_records")).isEqualTo(1000);
    assertThat(metrics.get("shuffle_read_records")).isEqualTo(1000);
    assertThat(metrics.get("executor_run_time")).isPositive();
    assertThat(metrics.get("tasks")).isGreaterThanOrEqualTo(4);
    assertThat(metrics.get("failed_tasks")).isZero();
    // What the workload predictor would read from the event log of this run.
    assertThat(metrics.get("skew")).isGreaterThanOrEqualTo(1);
    assertThat(metrics.get("queries")).isPositive();
    assertThat(metrics.get("plan_operators")).isPositive();
    assertThat(metrics.get("executor_cores")).isEqualTo(metrics.get("cores"));
    assertThat(metrics.get("cpu_seconds")).isPositive();

    List<String> lineage = Files.readAllLines(events);
    assertThat(lineage).hasSize(2).allMatch(event -> event.contains(runId));
    assertThat(lineage.get(1)).contains("\"COMPLETE\"").contains("/lake/silver/numbers");
  }

  @Test
  void givesEachKindOfFailureItsExitCode() throws Exception {
    assertThat(
            runFailing(
                JobErrors.expectationFailed("3 rows are lost", null, "replay", Map.of("lost", 3))))
        .isEqualTo(ExitCode.EXPECTATION_FAILED);
    assertThat(runs.closingLine().get("lost").asInt()).isEqualTo(3);
    assertThat(
            runFailing(
                JobErrors.unreachable(
                    "The broker", "nowhere:9092", "start it", new IOException("refused"))))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(runs.closingLine().get("error").asText())
        .isEqualTo(
            "The broker at nowhere:9092 cannot be reached. IOException: refused. Fix: start it.");
    assertThat(runFailing(new IllegalStateException("outer", new ConnectException("refused"))))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(runFailing(new IllegalStateException("a bug"))).isEqualTo(ExitCode.FAILED);
    assertThat(runFailing(new StackOverflowError())).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void showsNoStackTraceUnlessAskedAndRecordsTheFailure() throws Exception {
    runFailing(new IllegalStateException("a bug\nsecond line"));
    assertThat(runs.err())
        .contains("error: Job 'failing' failed. IllegalStateException: a bug")
        .contains("--debug")
        .doesNotContain("\tat ");
    JsonNode line = runs.closingLine();
    assertThat(line.get("status").asText()).isEqualTo("failed");
    List<Row> rows = runs(line.get("run_id").asText());
    assertThat(rows).extracting(row -> row.getAs("status")).containsExactly("started", "failed");
    assertThat(rows.get(1).<String>getAs("error")).isEqualTo(line.get("error").asText());
  }

  @Test
  void neverPrintsOrStoresASecret() throws Exception {
    run(
        job(
            "failing",
            (context, config) -> {
              throw new IllegalStateException("login with " + config.password().orElseThrow());
            }),
        "password=geheim-1",
        "kafka.ssl.key.password=geheim-2");
    assertThat(runs.out() + runs.err()).doesNotContain("geheim");
    List<Row> rows = runs(runs.closingLine().get("run_id").asText());
    assertThat(rows.toString()).doesNotContain("geheim").contains("\"password\":\"***\"");
  }

  @Test
  void refusesAWrongConfigurationBeforeAnythingIsDone() throws Exception {
    assertThat(run(job("count", (context, config) -> JobResult.empty()), "rovs=1"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(runs.closingLine().get("error").asText()).contains("Did you mean 'rows'?");
    assertThat(runs(runs.closingLine().get("run_id").asText())).isEmpty();
  }

  @Test
  void failsAResultThatJsonCannotHold() throws Exception {
    Job<?> job = job("odd", (context, config) -> JobResult.of("self", new Cyclic()));
    assertThat(run(job)).isEqualTo(ExitCode.FAILED);
    assertThat(runs.closingLine().get("error").asText()).contains("cannot be written as JSON");
  }

  /** Refers to itself. */
  static final class Cyclic {
    public Cyclic getSelf() {
      return this;
    }
  }

  @Test
  void aRunLogThatCannotBeWrittenDoesNotHideTheJob() throws Exception {
    runs = new RecordedRuns(spark, Files.writeString(directory.resolve("a-file"), "no directory"));
    assertThat(runFailing(JobErrors.expectationFailed("3 rows are lost", null, null, Map.of())))
        .isEqualTo(ExitCode.EXPECTATION_FAILED);
    assertThat(runs.err()).contains("warning: the end of the run could not be recorded");
    assertThat(runs.closingLine().get("error").asText()).isEqualTo("3 rows are lost.");
  }

  private ExitCode runFailing(Throwable error) {
    return run(
        job(
            "failing",
            (context, config) -> {
              if (error instanceof Error e) {
                throw e;
              }
              throw (Exception) error;
            }));
  }

  private static Job<Rows> job(String name, BodyJob.Body<Rows> body) {
    return new BodyJob<>(name, Rows.class, body);
  }

  private ExitCode run(Job<?> job, String... arguments) {
    return runs.run(Optional.empty(), job, arguments);
  }

  private List<Row> runs(String runId) {
    return spark
        .read()
        .format("delta")
        .load(lake + "/ops/job_runs")
        .where("run_id = '" + runId + "'")
        .orderBy(functions.col("ended_at").asc_nulls_first())
        .collectAsList();
  }

  private Map<String, Double> metrics(String runId) {
    return spark
        .read()
        .format("delta")
        .load(lake + "/ops/job_metrics")
        .where("run_id = '" + runId + "'")
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getAs("metric"), row -> row.getAs("value")));
  }
}
