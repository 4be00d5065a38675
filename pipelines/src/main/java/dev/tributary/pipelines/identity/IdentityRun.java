package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;

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
import dev.tributary.schemas.contract.IdentityProfileColumns;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
          IdentityExcludedColumns.TABLE);
  private static final List<String> FACTS =
      List.of(IdentityDecisionColumns.TABLE, ConsentColumns.TABLE);
  private static final int WRITERS = 4;
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final int MANY_PARTITIONS = 64;

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
      return counts(resolved, plan)
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
    String partitions = tables.spark().conf().get(PARTITIONS);
    if (plan.rebuild() || plan.base(IdentityAssignmentColumns.TABLE) < 0) {
      // Everything at once: parts that fit in memory; adaptive execution joins those that are
      // small.
      int wanted = Math.max(MANY_PARTITIONS, Integer.parseInt(partitions));
      tables.spark().conf().set(PARTITIONS, Integer.toString(wanted));
    }
    STATE.forEach(tables::create); // all of them, so that every view is there from the first batch
    try (IdentityBatch batch = new IdentityBatch(tables, rules, plan, config, phases, false)) {
      IdentityBatch.Resolved resolved = batch.resolve();
      JobResult counts = counts(resolved, plan);
      phases.ended("resolve");
      write(resolved, plan);
      tables.append(IdentityBatchColumns.TABLE, cursorRows(plan, rules), plan.batch());
      phases.ended("write");
      return counts.and("phases_ms", phases.millis());
    } finally {
      tables.spark().conf().set(PARTITIONS, partitions);
      tables.spark().sparkContext().setJobDescription(null);
    }
  }

  private void write(IdentityBatch.Resolved resolved, BatchPlan plan) {
    Dataset<Row> outcome = resolved.outcome();
    long batch = plan.batch();
    Map<Integer, Long> rows = kinds(outcome);
    List<Callable<Void>> writes = new ArrayList<>();
    Dataset<Row> assignments = Outcome.assignments(outcome);
    String assigned = IdentityAssignmentColumns.TABLE;
    if (plan.rebuild()) {
      writes.add(write(() -> tables.overwrite(assigned, assignments, batch)));
    } else if (rows.containsKey(Outcome.ASSIGNMENT)) {
      writes.add(write(() -> tables.append(assigned, assignments, batch)));
    }
    append(
        writes,
        rows,
        Outcome.PROFILE,
        IdentityProfileColumns.TABLE,
        Outcome.profiles(outcome, plan),
        batch);
    append(
        writes,
        rows,
        Outcome.CHANGE,
        IdentityChangeColumns.TABLE,
        Outcome.changes(outcome, plan),
        batch);
    append(
        writes,
        rows,
        Outcome.ALIAS,
        IdentityAliasColumns.TABLE,
        Outcome.aliases(outcome, plan),
        batch);
    append(
        writes, rows, Outcome.DROP, IdentityDropColumns.TABLE, Outcome.drops(outcome, plan), batch);
    Dataset<Row> excluded = Outcome.excluded(outcome, plan);
    if (resolved.excluded() != null) {
      excluded = excluded.unionByName(resolved.excluded());
    }
    Dataset<Row> out = excluded;
    if (plan.rebuild()) {
      writes.add(write(() -> tables.overwrite(IdentityExcludedColumns.TABLE, out, batch)));
    } else if (resolved.excluded() != null || rows.containsKey(Outcome.EXCLUDED)) {
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
      Map<Integer, Long> counts,
      int kind,
      String table,
      Dataset<Row> rows,
      long batch) {
    if (counts.containsKey(kind)) {
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

  private static Map<Integer, Long> kinds(Dataset<Row> outcome) {
    Map<Integer, Long> counts = new TreeMap<>();
    outcome
        .groupBy("kind")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getInt(0), row.getLong(1)));
    return counts;
  }

  private static JobResult counts(IdentityBatch.Resolved resolved, BatchPlan plan) {
    Map<Integer, Long> kinds = kinds(resolved.outcome());
    Map<String, Long> changes = new LinkedHashMap<>();
    if (kinds.containsKey(Outcome.CHANGE)) {
      resolved
          .outcome()
          .where(col("kind").equalTo(Outcome.CHANGE))
          .groupBy("s1")
          .count()
          .orderBy("s1")
          .collectAsList()
          .forEach(row -> changes.put(row.getString(0), row.getLong(1)));
    }
    return JobResult.of("batch", plan.batch())
        .and("mode", plan.mode())
        .and("edges", resolved.edges())
        .and("assignments", kinds.getOrDefault(Outcome.ASSIGNMENT, 0L))
        .and("profiles", kinds.getOrDefault(Outcome.PROFILE, 0L))
        .and("changes", changes)
        .and("dropped", kinds.getOrDefault(Outcome.DROP, 0L))
        .and("rules_without_columns", List.copyOf(resolved.unusable()));
  }
}
