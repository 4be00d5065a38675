package dev.tributary.pipelines.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.pipelines.identity.IdentityConfig;
import dev.tributary.pipelines.identity.IdentityJob;
import dev.tributary.pipelines.identity.components.ComponentEngines;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What resolving identities costs, from the timeline to profiles: everything at once, and then
 * deltas of one percent, on a graph and on one a tenth its size with the same deltas. Beside it
 * what finding components and linking records cost by themselves.
 *
 * <p>A person has two logins and three devices, each used with each (6 edges), an alias between the
 * logins and one more source of a login: 8 edges to 5 identifiers. A person's events are far apart
 * in the timeline. A delta has as many edges from new persons as from known ones with four new
 * devices each; one known person in twenty turns out to be another known one.
 *
 * <p>The first delta of each graph only makes the JVM warm, and is reported as the first; the
 * figures compared are medians of the three after it, which the two graphs take in turns.
 *
 * @param entities identifiers
 * @param directory for the lakes; emptied by the caller
 */
public record IdentityBench(long entities, Path directory) {
  private static final int NODES = 5;
  private static final int EDGES = 8;
  private static final int GROWTH = 10;
  private static final int MERGING = 20;
  private static final int DELTAS = 6;
  private static final long SECONDS_A_DAY = 86_400;

  /** 2026-01-01, in seconds since 1970 UTC. */
  private static final long START = 1_767_225_600;

  private static final long COMPONENT_EDGES = 2_400_000;
  private static final int LINKED_RECORDS = 40_000;

  /** How many persons, and how many of a delta are known ones; as many are new. */
  private record Size(long persons, long returning) {
    long stride() {
      return Math.max(1, persons / returning);
    }

    long merges() {
      return returning / MERGING;
    }

    long deltaEdges() {
      return 2 * returning * EDGES;
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
    long returning = Math.max(1, persons / 200);
    Graph small = new Graph("small", new Size(persons / GROWTH, returning), progress);
    Graph large = new Graph("large", new Size(persons, returning), progress);
    small.full();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("benchmark", "identity");
    report.put("entities", persons * NODES);
    report.put("edges", persons * EDGES);
    report.put("delta_edges", large.size.deltaEdges());
    double full = large.full();
    report.putAll(large.report);
    report.put("edges_per_second", Math.round(persons * EDGES / full));
    for (int i = 0; i < DELTAS; i++) {
      (i % 2 == 0 ? small : large).delta(i);
      (i % 2 == 0 ? large : small).delta(i);
    }
    report.putAll(deltas(small, large, full));
    report.put("components", components(progress));
    report.put("linking", new LinkingBench(LINKED_RECORDS).run(progress));
    report.put("machine", BenchMachine.describe());
    return report;
  }

  private static Map<String, Object> deltas(Graph small, Graph large, double full) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("delta_seconds", Figures.round(large.median(), 2));
    report.put("delta_to_full", Figures.round(large.median() / full, 4));
    report.put("delta_seconds_first", Figures.round(large.deltas.get(0), 2));
    report.put("delta_seconds_each", large.each());
    report.put("delta_phases_ms", large.phases);
    report.put("delta_changes", large.changes);
    report.put("changed_outside_delta", large.strangers + small.strangers);
    report.put("growth", GROWTH);
    report.put("delta_seconds_before_growth", Figures.round(small.median(), 2));
    report.put("delta_seconds_before_growth_each", small.each());
    report.put("delta_growth_ratio", Figures.round(large.median() / small.median(), 3));
    return report;
  }

  /** The built-in engine by itself; {@code bench components} compares it with others. */
  private Map<String, Object> components(Progress progress) {
    long edges = Math.max(100, Math.min(COMPONENT_EDGES, entities));
    Map<String, Object> all =
        new ComponentsBench(
                edges * 3 / 4,
                edges,
                edges / 240,
                ComponentEngines.BUILTIN,
                directory.resolve("components"))
            .run(progress);
    Map<String, Object> report = new LinkedHashMap<>();
    for (String key : List.of("edges", "chain", "floor_seconds", "engines")) {
      report.put(key, all.get(key));
    }
    return report;
  }

  /** A lake, and what was measured on it. */
  private final class Graph {
    private final Lake lake;
    private final Size size;
    private final Progress progress;
    private final SparkSession spark;
    private final Map<String, Object> report = new LinkedHashMap<>();
    private final List<Double> deltas = new ArrayList<>();
    private Object phases;
    private Object changes;
    private long strangers;

    Graph(String name, Size size, Progress progress) {
      this.lake = Lake.at(directory.resolve(name));
      this.size = size;
      this.progress = progress;
      this.spark = LakeSession.on(lake).named("bench identity").open();
    }

    private Timed resolve() throws Exception {
      BenchMachine.resetHeapPeak();
      long started = System.nanoTime();
      JobResult result =
          new IdentityJob()
              .run(JobContext.of(lake.toString(), spark), ConfigBinder.bind(IdentityConfig.class));
      return new Timed((System.nanoTime() - started) / 1e9, result);
    }

    /** The two graphs take turns in one session. */
    private void takeTurn() {
      spark.conf().set(Lake.SETTING, lake.toString());
    }

    double full() throws Exception {
      takeTurn();
      progress.say("generating %,d persons".formatted(size.persons()));
      append(spark, lake, base(spark, size));
      progress.say("resolving them");
      double cpu = BenchMachine.cpuSeconds();
      Timed full = resolve();
      report.put("full_seconds", Figures.round(full.seconds(), 2));
      report.put("full_phases_ms", full.result().values().get("phases_ms"));
      report.put("full_cpu_seconds", Figures.round(BenchMachine.cpuSeconds() - cpu, 1));
      report.put("heap_peak_mb", BenchMachine.heapPeakMegabytes());
      verify(spark, lake, size.persons(), size.persons());
      return full.seconds();
    }

    void delta(int number) throws Exception {
      takeTurn();
      append(spark, lake, IdentityBench.delta(spark, size, number));
      progress.say(
          "resolving a delta of %,d edges on %,d persons"
              .formatted(size.deltaEdges(), size.persons()));
      Timed delta = resolve();
      deltas.add(delta.seconds());
      phases = delta.result().values().get("phases_ms");
      changes = delta.result().values().get("changes");
      long all = size.persons() + (number + 1) * size.returning();
      verify(spark, lake, all, all - (number + 1) * size.merges());
      strangers += strangers(spark, lake, size, number);
    }

    /** Of the deltas after the first. */
    double median() {
      List<Double> warm = deltas.stream().skip(1).sorted().toList();
      return warm.get(warm.size() / 2);
    }

    List<BigDecimal> each() {
      return deltas.stream().map(seconds -> Figures.round(seconds, 2)).toList();
    }
  }

  private record Timed(double seconds, JobResult result) {}

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

  /** Each delta has new persons and known persons of its own. */
  private static Dataset<Row> delta(SparkSession spark, Size size, int number) {
    Dataset<Row> fresh =
        spark
            .range(0, size.returning() * EDGES)
            .select(
                expr(
                    "%d + id %% %d AS p"
                        .formatted(size.persons() + number * size.returning(), size.returning())),
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
            .withColumn("p", expr("j * %d + %d".formatted(size.stride(), number)))
            .select(
                col("p"),
                col("k"),
                expr("concat('device-', sha1(concat('e', p, '-', k % 4))) AS anonymous_id"),
                expr(
                    "concat('u', if(%s, %d * (j - j %% 2) + %d, p), if(k < 4, '', 'b')) AS user_id"
                        .formatted(merging, size.stride(), number)),
                lit(null).cast("string").as("previous_id"));
    return events(fresh.unionByName(back), 1 + number);
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

  /** Logins whose assignment a delta changed though it says nothing of their person. */
  private static long strangers(SparkSession spark, Lake lake, Size size, int number) {
    return spark
        .read()
        .format("delta")
        .load(lake.tablePath("identity", "assignments"))
        .where("batch = %d AND identifier_type = 'user_id'".formatted(number + 2))
        .selectExpr("cast(regexp_extract(identifier_value, '[0-9]+', 0) AS bigint) AS p")
        .where(
            "p < %d AND (p %% %d <> %d OR p >= %d)"
                .formatted(size.persons(), size.stride(), number, size.stride() * size.returning()))
        .count();
  }
}
