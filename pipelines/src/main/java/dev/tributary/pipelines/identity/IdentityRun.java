package dev.tributary.pipelines.identity;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

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
    if (!refit && told.models().any()) {
      ModelEvidence.requireCurrent(tables, told);
    }
    if (config.dryRun()) {
      return dryRun(told, rebuild, refit);
    }
    Optional<BatchPlan> standing = plans.standing();
    if (standing.isPresent()) {
      finish(standing.get());
    }
    BatchCursor cursor = BatchCursor.read(tables);
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

  private static boolean isNews(Map<String, Long> versions, BatchCursor cursor) {
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
    BatchCursor cursor = BatchCursor.read(tables);
    boolean changed = cursor.batch() > 0 && !cursor.rules().equals(rules.fingerprint());
    Map<String, Long> scored = versions(modelTables(rules));
    BatchPlan plan = plan(rules, cursor, rebuild || changed, scored);
    Phases phases = new Phases();
    try (IdentityBatch batch = new IdentityBatch(tables, rules, plan, config, phases, true)) {
      IdentityBatch.Resolved resolved = batch.resolve();
      List<String> examples =
          Outcome.changes(resolved.outcome()).limit(20).toJSON().collectAsList();
      return result(resolved, OutcomeCounts.of(resolved.outcome()), plan)
          .and("dry_run", true)
          .and("rules_changed", changed)
          .and("examples", examples);
    }
  }

  // --- planning

  private BatchPlan plan(
      IdentityRules rules, BatchCursor cursor, boolean rebuild, Map<String, Long> scored) {
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
    Map<String, String> settings = settings(plan);
    Map<String, String> before = new TreeMap<>();
    settings.keySet().forEach(name -> before.put(name, tables.spark().conf().get(name)));
    try {
      set(settings);
      STATE.forEach(tables::create); // all, so that every view is there from the first batch
      return carryOut(plan, rules, phases);
    } finally {
      set(before);
      tables.spark().sparkContext().setJobDescription(null);
    }
  }

  private JobResult carryOut(BatchPlan plan, IdentityRules rules, Phases phases) {
    try (IdentityBatch batch = new IdentityBatch(tables, rules, plan, config, phases, false)) {
      IdentityBatch.Resolved resolved = batch.resolve();
      OutcomeCounts counts = OutcomeCounts.of(resolved.outcome());
      phases.ended("resolve");
      new OutcomeWriter(tables, plan).write(resolved, counts);
      phases.ended("write");
      new Households(
              tables, rules, plan, ComponentEngines.named(config.engine()), config.smallDelta())
          .write();
      phases.ended("households");
      BatchCursor.write(tables, plan, rules);
      phases.ended("cursor");
      return result(resolved, counts, plan).and("phases_ms", phases.millis());
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

  private void set(Map<String, String> settings) {
    settings.forEach((name, value) -> tables.spark().conf().set(name, value));
  }

  // --- telling

  private static JobResult result(
      IdentityBatch.Resolved resolved, OutcomeCounts counts, BatchPlan plan) {
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
