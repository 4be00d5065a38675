package dev.tributary.pipelines.bench;

import dev.tributary.pipelines.broker.ChildBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import dev.tributary.pipelines.landing.LandingConfig;
import dev.tributary.pipelines.landing.LandingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A continuous landing under a load that rises tenfold and falls again. The load is open-loop: it
 * keeps its schedule whatever landing does, and the log's time of a record is the time that it was
 * due, so a generator that falls behind makes latencies longer, not shorter.
 *
 * <p>The latency of an event is the time from when it was due until the commit that made its batch
 * complete: the modification time of that commit in the ledger's Delta log.
 *
 * @param phases the load; the second is the surge
 * @param interval least time between two batches
 */
public record SurgeBench(List<LoadPhase> phases, Duration interval, Path directory) {
  private static final String TOPIC = "surge";
  private static final int PARTITIONS = 4;
  private static final long SEED = 20261123;
  private static final Pattern BATCH = Pattern.compile("\"txn\":\\{[^}]*\"version\":(\\d+)");
  private static final Duration DRAIN = Duration.ofMinutes(10);

  public SurgeBench {
    phases = List.copyOf(phases);
    if (phases.size() != 3) {
      throw new IllegalArgumentException(
          "a surge has three phases: before, during and after; got " + phases);
    }
  }

  /**
   * Runs the benchmark.
   *
   * @return the JSON object to print
   * @throws dev.tributary.pipelines.job.JobException exit code 3 when an event was lost
   */
  public Map<String, Object> run(Progress progress) throws Exception {
    BenchSchemas.writeSchemas(directory.resolve("schemas"));
    BenchSchemas.writePlan(directory.resolve("plan.yaml"));
    Path lakeDirectory = directory.resolve("lake");
    try (ChildBroker broker = ChildBroker.startTemporary()) {
      Topics topics = new Topics(broker.bootstrapServers());
      topics.create(TOPIC, PARTITIONS);
      Lake lake = Lake.at(lakeDirectory);
      SparkSession spark = LakeSession.on(lake).named("bench surge").open();
      BenchMachine.resetHeapPeak();
      JobContext context = JobContext.of(lake.toString(), spark);
      LandingConfig config = config(broker.bootstrapServers());
      CompletableFuture<JobResult> landing =
          CompletableFuture.supplyAsync(() -> land(context, config));
      LoadReport load = load(broker.bootstrapServers(), progress);
      awaitDrained(spark, load.sent(), landing);
      context.requestStop();
      JobResult landed = landing.get(DRAIN.toMinutes(), TimeUnit.MINUTES);
      verify(load, landed);
      return report(spark, load, landed, lakeDirectory);
    }
  }

  private static JobResult land(JobContext context, LandingConfig config) {
    try {
      return new LandingJob().run(context, config);
    } catch (Exception e) {
      throw new java.util.concurrent.CompletionException(e);
    }
  }

  private LoadReport load(String servers, Progress progress) {
    LoadConfig config = LoadConfig.scheduled(servers, TOPIC, SEED, phases);
    Duration whole = phases.stream().map(LoadPhase::duration).reduce(Duration.ZERO, Duration::plus);
    try (LoadProcess process = LoadProcess.start(config, directory.resolve("generator.log"))) {
      for (int i = 0; i < phases.size(); i++) {
        LoadPhase phase = process.awaitPhase(whole.plusMinutes(2));
        progress.say("%,d events/s for %s".formatted(phase.eventsPerSecond(), phase.duration()));
      }
      return process.await(whole.plusMinutes(2));
    }
  }

  private LandingConfig config(String servers) {
    return ConfigBinder.bind(
        LandingConfig.class,
        "topics=" + TOPIC,
        "kafka.bootstrap.servers=" + servers,
        "schemas=" + directory.resolve("schemas"),
        "plan=" + directory.resolve("plan.yaml"),
        "trigger=continuous",
        "interval=" + interval.toMillis() + "ms");
  }

  private static void awaitDrained(
      SparkSession spark, long sent, CompletableFuture<JobResult> landing)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(DRAIN);
    while (landed(spark) < sent && Instant.now().isBefore(deadline) && !landing.isDone()) {
      Thread.sleep(1000);
    }
  }

  private static long landed(SparkSession spark) {
    Row sum = spark.sql("SELECT sum(records) FROM ops.landing_batches").first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }

  private static void verify(LoadReport load, JobResult landed) {
    Map<String, Object> values = landed.values();
    if (!values.get("accepted").equals(load.unique())
        || !values.get("rejected").equals(load.broken())
        || !values.get("duplicates").equals(load.duplicates())) {
      throw JobErrors.expectationFailed(
          "Landing's counts are not the generator's: " + load, null, "report this", values);
    }
  }

  private Map<String, Object> report(
      SparkSession spark, LoadReport load, JobResult landed, Path lake) throws IOException {
    latencies(spark, lake);
    List<Map<String, Object>> figures = new ArrayList<>();
    Instant from = spark.sql("SELECT min(due) FROM latencies").first().getTimestamp(0).toInstant();
    double drained = 0;
    for (int i = 0; i < phases.size(); i++) {
      Instant until =
          i == phases.size() - 1 ? from.plusSeconds(86_400) : from.plus(phases.get(i).duration());
      figures.add(phase(spark, phases.get(i), from, until));
      if (i == 1) {
        drained = drainSeconds(spark, from, until);
      }
      from = until;
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("benchmark", "surge");
    report.put("events", load.sent());
    report.put("accepted", landed.values().get("accepted"));
    report.put("rejected", landed.values().get("rejected"));
    report.put("duplicates", landed.values().get("duplicates"));
    report.put("lost", load.sent() - ((Number) landed.values().get("events")).longValue());
    report.put("phases", figures);
    report.put("surge_seconds", phases.get(1).duration().toSeconds());
    report.put("drain_seconds_after_surge", Figures.round(drained, 1));
    report.put("generator_max_lag_ms", load.maxLagMillis());
    report.put("heap_peak_mb", BenchMachine.heapPeakMegabytes());
    report.put("batches", landed.values().get("batches"));
    report.put("interval_ms", interval.toMillis());
    report.put("machine", BenchMachine.describe());
    return report;
  }

  /** The view {@code latencies}: due, queryable and seconds between, one row an event. */
  private static void latencies(SparkSession spark, Path lake) throws IOException {
    List<Row> commits = new ArrayList<>();
    try (Stream<Path> log = Files.list(lake.resolve("ops/landing_batches/_delta_log"))) {
      for (Path commit : log.filter(f -> f.toString().endsWith(".json")).toList()) {
        Matcher batch = BATCH.matcher(Files.readString(commit));
        if (batch.find()) {
          commits.add(
              org.apache.spark.sql.RowFactory.create(
                  Long.parseLong(batch.group(1)),
                  java.sql.Timestamp.from(Files.getLastModifiedTime(commit).toInstant())));
        }
      }
    }
    spark
        .createDataFrame(
            commits,
            org.apache.spark.sql.types.StructType.fromDDL("batch bigint, queryable timestamp"))
        .createOrReplaceTempView("commits");
    spark
        .sql(
            """
            SELECT a.received_at AS due, c.queryable,
                   (unix_micros(c.queryable) - unix_micros(a.received_at)) / 1e6 AS seconds
            FROM silver.activity a
            JOIN (SELECT DISTINCT batch, committed_at FROM ops.landing_batches) b
              ON b.committed_at = a.landed_at
            JOIN commits c ON c.batch = b.batch
            """)
        .createOrReplaceTempView("latencies");
  }

  private static Map<String, Object> phase(
      SparkSession spark, LoadPhase phase, Instant from, Instant until) {
    Row row =
        spark
            .sql(
                """
                SELECT count(*), percentile(seconds, 0.5), percentile(seconds, 0.95),
                       percentile(seconds, 0.99), max(seconds)
                FROM latencies WHERE due >= timestamp '%s' AND due < timestamp '%s'
                """
                    .formatted(from, until))
            .first();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("events_per_second", phase.eventsPerSecond());
    figures.put("seconds", phase.duration().toSeconds());
    figures.put("accepted", row.getLong(0));
    figures.put("p50_seconds", Figures.round(row.getDouble(1), 2));
    figures.put("p95_seconds", Figures.round(row.getDouble(2), 2));
    figures.put("p99_seconds", Figures.round(row.getDouble(3), 2));
    figures.put("max_seconds", Figures.round(row.getDouble(4), 2));
    return figures;
  }

  /** How long after the end of the surge its last event became queryable. */
  private static double drainSeconds(SparkSession spark, Instant from, Instant until) {
    Row last =
        spark
            .sql(
                "SELECT max(queryable) FROM latencies WHERE due >= timestamp '%s' AND due < timestamp '%s'"
                    .formatted(from, until))
            .first();
    return Duration.between(until, last.getTimestamp(0).toInstant()).toMillis() / 1e3;
  }
}
