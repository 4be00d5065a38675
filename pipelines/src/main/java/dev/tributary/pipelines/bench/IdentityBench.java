package dev.tributary.pipelines.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.pipelines.identity.IdentityConfig;
import dev.tributary.pipelines.identity.IdentityJob;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What resolving identities costs, from the timeline to profiles: everything at once, and then a
 * delta of one percent, on a graph and on one a tenth its size with the same delta.
 *
 * <p>A person has two logins and three devices, each used with each (6 edges), an alias between the
 * logins and one more source of a login: 8 edges to 5 identifiers. A person's events are far apart
 * in the timeline. The delta has as many edges from new persons as from known ones with four new
 * devices each; one known person in twenty turns out to be another known one.
 *
 * @param entities identifiers
 * @param directory for the lakes; emptied by the caller
 */
public record IdentityBench(long entities, Path directory) {
  private static final int NODES = 5;
  private static final int EDGES = 8;
  private static final int GROWTH = 10;
  private static final int MERGING = 20;
  private static final long SECONDS_A_DAY = 86_400;

  /** 2026-01-01, in seconds since 1970 UTC. */
  private static final long START = 1_767_225_600;

  /** How many persons, and how many of the delta are known ones; as many are new. */
  private record Size(long persons, long returning) {
    long stride() {
      return Math.max(1, persons / returning);
    }

    long merges() {
      return returning / MERGING;
    }
  }

  /**
   * Runs the benchmark.
   *
   * @return the JSON object to print
   * @throws dev.tributary.pipelines.job.JobException exit code 3 when profiles are not the persons
   */
  public Map<String, Object> run(Progress progress) throws Exception {
    long persons = entities / NODES;
    Size large = new Size(persons, Math.max(1, persons / 200));
    Size small = new Size(persons / GROWTH, large.returning());
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("benchmark", "identity");
    report.put("entities", persons * NODES);
    report.put("edges", persons * EDGES);
    report.put("delta_edges", 2 * large.returning() * EDGES);
    Map<String, Object> ofSmall = measure("small", small, progress);
    progress.say(ofSmall.toString());
    Map<String, Object> ofLarge = measure("large", large, progress);
    double full = seconds(ofLarge, "full_seconds");
    double delta = seconds(ofLarge, "delta_seconds");
    report.putAll(ofLarge);
    report.put("edges_per_second", Math.round(persons * EDGES / full));
    report.put("delta_to_full", Figures.round(delta / full, 4));
    report.put("growth", GROWTH);
    report.put("delta_seconds_before_growth", ofSmall.get("delta_seconds"));
    report.put("delta_growth_ratio", Figures.round(delta / seconds(ofSmall, "delta_seconds"), 3));
    report.put("machine", BenchMachine.describe());
    return report;
  }

  private Map<String, Object> measure(String name, Size size, Progress progress) throws Exception {
    Lake lake = Lake.at(directory.resolve(name));
    SparkSession spark = LakeSession.on(lake).named("bench identity").open();
    spark.conf().set(Lake.SETTING, lake.root().toString());
    progress.say("generating %,d persons".formatted(size.persons()));
    append(spark, lake, base(spark, size));
    progress.say("resolving them");
    BenchMachine.resetHeapPeak();
    double cpu = BenchMachine.cpuSeconds();
    Timed full = resolve(spark, lake);
    cpu = BenchMachine.cpuSeconds() - cpu;
    verify(spark, lake, size.persons(), size.persons());
    append(spark, lake, delta(spark, size));
    progress.say("resolving a delta of %,d edges".formatted(2 * size.returning() * EDGES));
    Timed delta = resolve(spark, lake);
    long all = size.persons() + size.returning();
    verify(spark, lake, all, all - size.merges());
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("full_seconds", Figures.round(full.seconds(), 2));
    report.put("full_phases_ms", full.result().values().get("phases_ms"));
    report.put("delta_phases_ms", delta.result().values().get("phases_ms"));
    report.put("full_cpu_seconds", Figures.round(cpu, 1));
    report.put("heap_peak_mb", BenchMachine.heapPeakMegabytes());
    report.put("delta_seconds", Figures.round(delta.seconds(), 2));
    report.put("delta_changes", delta.result().values().get("changes"));
    report.put("changed_outside_delta", strangers(spark, lake, size));
    return report;
  }

  private static double seconds(Map<String, Object> report, String key) {
    return ((Number) report.get(key)).doubleValue();
  }

  private record Timed(double seconds, JobResult result) {}

  private static Timed resolve(SparkSession spark, Lake lake) throws Exception {
    long started = System.nanoTime();
    JobResult result =
        new IdentityJob()
            .run(JobContext.of(lake.toString(), spark), ConfigBinder.bind(IdentityConfig.class));
    return new Timed((System.nanoTime() - started) / 1e9, result);
  }

  /** Event i of a person comes after event i - 1 of everybody. */
  private static Dataset<Row> base(SparkSession spark, Size size) {
    Dataset<Row> events =
        spark
            .range(0, size.persons() * EDGES)
            .select(
                expr("id % " + size.persons() + " AS p"),
                expr("cast(id div " + size.persons() + " AS int) AS k"));
    return events(
        events.select(
            col("p"),
            col("k"),
            expr("concat('device-', sha1(concat('d', p, '-', least(k, 6) % 3))) AS anonymous_id"),
            expr("concat('u', p, if(k < 3 OR k = 7, '', 'b')) AS user_id"),
            expr("if(k = 6, concat('u', p), null) AS previous_id")),
        0);
  }

  private static Dataset<Row> delta(SparkSession spark, Size size) {
    Dataset<Row> fresh =
        spark
            .range(0, size.returning() * EDGES)
            .select(
                expr("%d + id %% %d AS p".formatted(size.persons(), size.returning())),
                expr("cast(id div " + size.returning() + " AS int) AS k"))
            .select(
                col("p"),
                col("k"),
                expr(
                    "concat('device-', sha1(concat('d', p, '-', least(k, 6) % 3))) AS anonymous_id"),
                expr("concat('u', p, if(k < 3 OR k = 7, '', 'b')) AS user_id"),
                expr("if(k = 6, concat('u', p), null) AS previous_id"));
    String merging = "(j < %d AND k = 7)".formatted(2 * size.merges());
    Dataset<Row> back =
        spark
            .range(0, size.returning() * EDGES)
            .select(
                expr("id % " + size.returning() + " AS j"),
                expr("cast(id div " + size.returning() + " AS int) AS k"))
            .withColumn("p", expr("j * " + size.stride()))
            .select(
                col("p"),
                col("k"),
                expr("concat('device-', sha1(concat('e', p, '-', k % 4))) AS anonymous_id"),
                expr(
                    "concat('u', if(%s, %d * (j - j %% 2), p), if(k < 4, '', 'b')) AS user_id"
                        .formatted(merging, size.stride())),
                lit(null).cast("string").as("previous_id"));
    return events(fresh.unionByName(back), 1);
  }

  private static Dataset<Row> events(Dataset<Row> rows, int day) {
    long start = START + day * SECONDS_A_DAY;
    return rows.select(
        expr("concat(p, '-', k, '-', hex(xxhash64(anonymous_id))) AS message_id"),
        expr("timestamp_seconds(%d + k * 3600 + p %% 3600) AS event_time".formatted(start)),
        expr("timestamp_seconds(%d + k * 3600 + p %% 3600) AS received_at".formatted(start)),
        expr("if(previous_id IS NULL, 'track', 'alias') AS type"),
        expr("'Product Viewed' AS event"),
        expr("'product_viewed_v1' AS table_name"),
        expr("'1-0-0' AS schema_version"),
        expr("if(k = 7, 'app', 'web') AS source"),
        expr("if(previous_id IS NULL, anonymous_id, null) AS anonymous_id"),
        col("user_id"),
        col("previous_id"),
        expr("timestamp_seconds(%d) AS landed_at".formatted(start + SECONDS_A_DAY)),
        expr("date'2026-01-01' AS event_date"));
  }

  private static void append(SparkSession spark, Lake lake, Dataset<Row> events) {
    events
        .write()
        .format("delta")
        .mode("append")
        .partitionBy("event_date")
        .save(lake.tablePath("silver", "activity"));
  }

  private static Dataset<Row> links(SparkSession spark, Lake lake) {
    return spark
        .read()
        .format("delta")
        .load(lake.tablePath("identity", "assignments"))
        .groupBy("node")
        .agg(expr("max_by(struct(identifier_type, identifier_value, profile_id), batch) AS l"))
        .select(expr("l.identifier_type"), expr("l.identifier_value"), expr("l.profile_id"));
  }

  /** Every login belongs to a person; each has one profile, and each profile one person or two. */
  private static void verify(SparkSession spark, Lake lake, long persons, long profiles) {
    Row counts =
        links(spark, lake)
            .where("identifier_type = 'user_id'")
            .selectExpr("regexp_extract(identifier_value, '[0-9]+', 0) AS p", "profile_id")
            .distinct()
            .selectExpr("count(*)", "count(DISTINCT p)", "count(DISTINCT profile_id)")
            .head();
    if (counts.getLong(0) != persons
        || counts.getLong(1) != persons
        || counts.getLong(2) != profiles) {
      throw JobErrors.expectationFailed(
          "Profiles are not the persons: %d persons of %d, %d profiles of %d, %d pairs"
              .formatted(
                  counts.getLong(1), persons, counts.getLong(2), profiles, counts.getLong(0)),
          null,
          "report this",
          Map.of());
    }
  }

  /** Logins whose assignment the delta changed though it says nothing of their person. */
  private static long strangers(SparkSession spark, Lake lake, Size size) {
    return spark
        .read()
        .format("delta")
        .load(lake.tablePath("identity", "assignments"))
        .where("batch > 1 AND identifier_type = 'user_id'")
        .selectExpr("cast(regexp_extract(identifier_value, '[0-9]+', 0) AS bigint) AS p")
        .where(
            "p < %d AND (p %% %d <> 0 OR p >= %d)"
                .formatted(size.persons(), size.stride(), size.stride() * size.returning()))
        .count();
  }
}
