package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.tributary.pipelines.identity.components.ComponentEngines;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.schemas.contract.ConsentColumns;
import dev.tributary.schemas.contract.IdentityAliasColumns;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityBatchColumns;
import dev.tributary.schemas.contract.IdentityChangeColumns;
import dev.tributary.schemas.contract.IdentityDecisionColumns;
import dev.tributary.schemas.contract.IdentityDropColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import dev.tributary.schemas.contract.IdentityExcludedColumns;
import dev.tributary.schemas.contract.IdentityGroupColumns;
import dev.tributary.schemas.contract.IdentityHouseholdColumns;
import dev.tributary.schemas.contract.IdentityProfileColumns;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Plans batches, carries them out and finishes those that were killed. */
final class IdentityRun {
  private static final List<String> STATE =
      List.of(
          IdentityEdgeColumns.TABLE,
          IdentityAssignmentColumns.TABLE,
          IdentityGroupColumns.TABLE,
          IdentityProfileColumns.TABLE,
          IdentityChangeColumns.TABLE,
          IdentityAliasColumns.TABLE,
          IdentityDropColumns.TABLE,
          IdentityExcludedColumns.TABLE,
          IdentityHouseholdColumns.TABLE);
  private static final List<String> FACTS =
      List.of(IdentityDecisionColumns.TABLE, ConsentColumns.TABLE);
  private static final int WRITERS = 4;
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final int MANY_PARTITIONS = 64;
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final String TWO_MAPS = "spark.sql.codegen.aggregate.map.twolevel.enabled";

  private final JobContext context;
  private final IdentityConfig config;
  private final IdentityTables tables;
  private final BatchPlans plans;
  private boolean refitted;

  IdentityRun(JobContext context, IdentityConfig config) {
    this.context = context;
    this.config = config;
    SparkSession spark = context.spark();
    this.tables = new IdentityTables(spark, context.lake());
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    this.plans = new BatchPlans(context.lake(), tables.hadoop());
  }

  /** One batch, after any that was killed. */
  JobResult once(boolean rebuild) throws IOException {
    IdentityRules told = IdentityRulesReader.read(config.rules());
    new RuleCheck(tables).check(told);
    boolean refit = config.refitModel() && !refitted;
    if (config.dryRun()) {
      return dryRun(told, rebuild, refit);
    }
    Optional<BatchPlan> standing = plans.standing();
    if (standing.isPresent()) {
      finish(standing.get());
    }
    Cursor cursor = cursor();
    boolean anew = rebuild || refit;
    IdentityRules rules =
        cursor.batch() == 0 || anew
            ? models().learn(told, refit)
            : ModelEvidence.standing(tables, told);
    if (!anew && cursor.batch() > 0 && !cursor.rules().equals(rules.fingerprint())) {
      throw IdentityErrors.rulesChanged(cursor.rules(), rules.fingerprint());
    }
    Map<String, Long> scored = versions(modelTables(rules)); // before they are read
    if (rules.models().any() && (anew || isNews(scored, cursor))) {
      models().update(rules, anew);
    }
    BatchPlan plan = plan(rules, cursor, anew, scored);
    if (!anew && !plan.hasNews()) {
      return JobResult.of("batch", cursor.batch()).and("nothing_new", true);
    }
    JobResult result = carryOut(plans.begin(plan), rules);
    plans.end();
    refitted |= refit;
    return result.and("finished_batches", standing.isPresent() ? 1 : 0);
  }

  private void finish(BatchPlan plan) throws IOException {
    context.progress().say("finishing batch " + plan.batch() + ", which was interrupted");
    if (tables.committed(IdentityBatchColumns.TABLE).orElse(0) < plan.batch()) {
      carryOut(plan, IdentityRulesReader.parse("rules of batch " + plan.batch(), plan.rules()));
    }
    plans.end();
  }

  private ModelEvidence models() {
    return new ModelEvidence(tables, context.clock().instant(), context.progress()::say);
  }

  private Map<String, Long> versions(TreeSet<String> names) {
    Map<String, Long> versions = new TreeMap<>();
    names.forEach(table -> versions.put(table, tables.version(table)));
    return versions;
  }

  private static boolean isNews(Map<String, Long> versions, Cursor cursor) {
    return versions.entrySet().stream()
        .anyMatch(one -> one.getValue() > cursor.versions().getOrDefault(one.getKey(), -1L));
  }

  private TreeSet<String> modelTables(IdentityRules rules) {
    TreeSet<String> names = new TreeSet<>();
    rules.models().tables().forEach(name -> names.addAll(tables.physical(name)));
    return names;
  }

  private JobResult dryRun(IdentityRules told, boolean rebuild, boolean refit) {
    try (ModelEvidence.Trial trial = models().trial(told, refit)) {
      return dryRun(trial.rules(), rebuild || trial.place().isPresent());
    }
  }

  private JobResult dryRun(IdentityRules rules, boolean rebuild) {
    Cursor cursor = cursor();
    boolean changed = cursor.batch() > 0 && !cursor.rules().equals(rules.fingerprint());
    Map<String, Long> scored = versions(modelTables(rules));
    BatchPlan plan = plan(rules, cursor, rebuild || changed, scored);
    Phases phases = new Phases();
    try (IdentityBatch batch = new IdentityBatch(tables, rules, plan, config, phases, true)) {
      IdentityBatch.Resolved resolved = batch.resolve();
      List<String> examples =
          Outcome.changes(resolved.outcome(), plan).limit(20).toJSON().collectAsList();
      return result(resolved, Counts.of(resolved.outcome()), plan)
          .and("dry_run", true)
          .and("rules_changed", changed)
          .and("examples", examples);
    }
  }

  // --- planning

  /** How far the last batch came. */
  private record Cursor(long batch, String rules, Map<String, Long> versions) {}

  private Cursor cursor() {
    long version = tables.version(IdentityBatchColumns.TABLE);
    if (version < 0) {
      return new Cursor(0, "", Map.of());
    }
    Dataset<Row> batches = tables.at(IdentityBatchColumns.TABLE, version);
    Row last = batches.agg(functions.max(IdentityBatchColumns.BATCH)).head();
    if (last.isNullAt(0)) {
      return new Cursor(0, "", Map.of());
    }
    Map<String, Long> versions = new TreeMap<>();
    String rules = "";
    for (Row row :
        batches
            .where(col(IdentityBatchColumns.BATCH).equalTo(last.getLong(0)))
            .select(
                IdentityBatchColumns.SOURCE_TABLE,
                IdentityBatchColumns.UNTIL_VERSION,
                IdentityBatchColumns.RULES)
            .collectAsList()) {
      versions.put(row.getString(0), row.getLong(1));
      rules = row.getString(2);
    }
    return new Cursor(last.getLong(0), rules, versions);
  }

  private BatchPlan plan(
      IdentityRules rules, Cursor cursor, boolean rebuild, Map<String, Long> scored) {
    Map<String, BatchPlan.Range> sources = new TreeMap<>();
    TreeSet<String> names = new TreeSet<>(NewEvidence.sources(tables, rules).keySet());
    names.addAll(FACTS);
    names.addAll(scored.keySet());
    for (String table : names) {
      Long before = scored.get(table);
      long until = before == null ? tables.version(table) : before;
      long from = rebuild ? -1 : cursor.versions().getOrDefault(table, -1L);
      sources.put(table, new BatchPlan.Range(from, until));
    }
    Map<String, Long> base = new TreeMap<>();
    STATE.forEach(table -> base.put(table, tables.version(table)));
    Instant now = context.clock().instant();
    long micros = Math.addExact(now.getEpochSecond() * 1_000_000, now.getNano() / 1_000);
    return new BatchPlan(cursor.batch() + 1, rebuild, micros, rules.text(), sources, base);
  }

  // --- carrying out

  private JobResult carryOut(BatchPlan plan, IdentityRules rules) {
    Phases phases = new Phases();
    Map<String, String> before = set(settings(plan));
    STATE.forEach(tables::create); // all of them, so that every view is there from the first batch
    try (IdentityBatch batch = new IdentityBatch(tables, rules, plan, config, phases, false)) {
      IdentityBatch.Resolved resolved = batch.resolve();
      Counts counts = Counts.of(resolved.outcome());
      phases.ended("resolve");
      write(resolved, counts, plan);
      new Households(tables, rules, plan, ComponentEngines.named(config.engine())).write();
      tables.append(IdentityBatchColumns.TABLE, cursorRows(plan, rules), plan.batch());
      phases.ended("write");
      return result(resolved, counts, plan).and("phases_ms", phases.millis());
    } finally {
      set(before);
      tables.spark().sparkContext().setJobDescription(null);
    }
  }

  /**
   * How Spark goes about a batch. Everything at once: parts that fit in memory, of which adaptive
   * execution joins those that are small; and no small hash map before the large one, since nearly
   * every key is new. A delta: without adaptive execution, which plans each of many small queries
   * several times; what is few there is known beforehand.
   */
  private Map<String, String> settings(BatchPlan plan) {
    if (plan.rebuild() || plan.base(IdentityAssignmentColumns.TABLE) < 0) {
      int given = Integer.parseInt(tables.spark().conf().get(PARTITIONS));
      int wanted = Math.max(MANY_PARTITIONS, given);
      return Map.of(PARTITIONS, Integer.toString(wanted), TWO_MAPS, "false");
    }
    return Map.of(ADAPTIVE, "false");
  }

  /** Changes settings of the session; what they were before. */
  private Map<String, String> set(Map<String, String> settings) {
    Map<String, String> before = new TreeMap<>();
    settings.forEach(
        (name, value) -> {
          before.put(name, tables.spark().conf().get(name));
          tables.spark().conf().set(name, value);
        });
    return before;
  }

  private void write(IdentityBatch.Resolved resolved, Counts counts, BatchPlan plan) {
    Dataset<Row> outcome = resolved.outcome();
    long batch = plan.batch();
    List<Callable<Void>> writes = new ArrayList<>();
    Dataset<Row> assignments = Outcome.assignments(outcome);
    String assigned = IdentityAssignmentColumns.TABLE;
    if (plan.rebuild()) {
      writes.add(write(() -> tables.overwrite(assigned, assignments, batch)));
    } else if (counts.has(Outcome.ASSIGNMENT)) {
      writes.add(write(() -> tables.append(assigned, assignments, batch)));
    }
    append(
        writes,
        counts,
        Outcome.PROFILE,
        IdentityProfileColumns.TABLE,
        Outcome.profiles(outcome, plan),
        batch);
    append(
        writes,
        counts,
        Outcome.CHANGE,
        IdentityChangeColumns.TABLE,
        Outcome.changes(outcome, plan),
        batch);
    append(
        writes,
        counts,
        Outcome.ALIAS,
        IdentityAliasColumns.TABLE,
        Outcome.aliases(outcome, plan),
        batch);
    append(
        writes,
        counts,
        Outcome.DROP,
        IdentityDropColumns.TABLE,
        Outcome.drops(outcome, plan),
        batch);
    Dataset<Row> excluded = Outcome.excluded(outcome, plan);
    if (resolved.excluded() != null) {
      excluded = excluded.unionByName(resolved.excluded());
    }
    Dataset<Row> out = excluded;
    if (plan.rebuild()) {
      writes.add(write(() -> tables.overwrite(IdentityExcludedColumns.TABLE, out, batch)));
    } else if (resolved.stillExcluded() != null) {
      Dataset<Row> all = resolved.stillExcluded().unionByName(out);
      writes.add(write(() -> tables.overwrite(IdentityExcludedColumns.TABLE, all, batch)));
    } else if (resolved.excluded() != null || counts.has(Outcome.EXCLUDED)) {
      writes.add(write(() -> tables.append(IdentityExcludedColumns.TABLE, out, batch)));
    }
    Dataset<Row> joins = resolved.joins();
    if (joins != null) {
      Dataset<Row> joined = joins.withColumn(IdentityGroupColumns.BATCH, lit(batch));
      writes.add(write(() -> tables.append(IdentityGroupColumns.TABLE, joined, batch)));
    } else if (plan.rebuild()) {
      Dataset<Row> none = tables.at(IdentityGroupColumns.TABLE, -1);
      writes.add(write(() -> tables.overwrite(IdentityGroupColumns.TABLE, none, batch)));
    }
    all(writes);
  }

  private void append(
      List<Callable<Void>> writes,
      Counts counts,
      int kind,
      String table,
      Dataset<Row> rows,
      long batch) {
    if (counts.has(kind)) {
      writes.add(write(() -> tables.append(table, rows, batch)));
    }
  }

  private static Callable<Void> write(Runnable write) {
    return () -> {
      write.run();
      return null;
    };
  }

  /** Commits are mostly waiting, so they go side by side; the first failure is the batch's. */
  private void all(List<Callable<Void>> writes) {
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<Void>> futures = pool.invokeAll(writes);
      for (Future<Void> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw IdentityErrors.failed("A table of the batch could not be written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw IdentityErrors.failed("The batch was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Dataset<Row> cursorRows(BatchPlan plan, IdentityRules rules) {
    List<Row> rows = new ArrayList<>();
    plan.sources()
        .forEach(
            (table, range) ->
                rows.add(
                    RowFactory.create(
                        plan.batch(),
                        table,
                        range.from(),
                        range.until(),
                        plan.mode(),
                        rules.fingerprint(),
                        plan.atMicros())));
    var schema =
        new org.apache.spark.sql.types.StructType()
            .add(IdentityBatchColumns.BATCH, "bigint")
            .add(IdentityBatchColumns.SOURCE_TABLE, "string")
            .add(IdentityBatchColumns.FROM_VERSION, "bigint")
            .add(IdentityBatchColumns.UNTIL_VERSION, "bigint")
            .add(IdentityBatchColumns.MODE, "string")
            .add(IdentityBatchColumns.RULES, "string")
            .add(IdentityBatchColumns.AT, "bigint");
    return tables
        .spark()
        .createDataFrame(rows, schema)
        .coalesce(1)
        .withColumn(IdentityBatchColumns.AT, timestamp_micros(col(IdentityBatchColumns.AT)));
  }

  // --- telling

  /** How many rows an outcome has, by kind, and how many of its changes are of which kind. */
  private record Counts(Map<Integer, Long> kinds, Map<String, Long> changes) {
    static Counts of(Dataset<Row> outcome) {
      Counts counts = new Counts(new TreeMap<>(), new TreeMap<>());
      outcome
          .groupBy(
              col("kind"), functions.when(col("kind").equalTo(Outcome.CHANGE), col("s1")).as("of"))
          .count()
          .collectAsList()
          .forEach(
              row -> {
                counts.kinds.merge(row.getInt(0), row.getLong(2), Long::sum);
                if (!row.isNullAt(1)) {
                  counts.changes.put(row.getString(1), row.getLong(2));
                }
              });
      return counts;
    }

    boolean has(int kind) {
      return kinds.containsKey(kind);
    }

    long rows(int kind) {
      return kinds.getOrDefault(kind, 0L);
    }
  }

  private static JobResult result(IdentityBatch.Resolved resolved, Counts counts, BatchPlan plan) {
    return JobResult.of("batch", plan.batch())
        .and("mode", plan.mode())
        .and("edges", resolved.edges())
        .and("assignments", counts.rows(Outcome.ASSIGNMENT))
        .and("profiles", counts.rows(Outcome.PROFILE))
        .and("changes", counts.changes())
        .and("dropped", counts.rows(Outcome.DROP))
        .and("rules_without_columns", List.copyOf(resolved.unusable()));
  }
}
