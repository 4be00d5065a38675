package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Lands what schemas and tracking plan accept by now of what landing refused: {@code ./tributary
 * run replay-rejected schemas=DIR plan=FILE reason=schema_violation}.
 *
 * <p>Reads the raw bytes of {@code bronze.rejected} and lands them as landing does, under the
 * coordinates and the time of receipt that they came with. Sets {@code replayed_at} on what landed;
 * what is refused again stays as it is. Each event lands once, whatever is killed when and however
 * often it runs; one whose message id has landed before is removed again, as a counted duplicate.
 */
public final class ReplayRejectedJob implements Job<ReplayRejectedConfig> {

  @Override
  public String name() {
    return "replay-rejected";
  }

  @Override
  public String description() {
    return "Land what fixed schemas or plans accept by now of what was refused";
  }

  @Override
  public Class<ReplayRejectedConfig> configType() {
    return ReplayRejectedConfig.class;
  }

  @Override
  public JobResult run(JobContext context, ReplayRejectedConfig config) throws Exception {
    PlanSource plans = new PlanSource(config.schemas(), config.plan(), refusal -> {});
    LandingJob.check(plans);
    SparkSession spark = context.spark();
    int recovered = BatchLander.recover(spark, context.lake());
    LandedTables tables = new LandedTables(spark, context.lake());
    RejectedReplay replay = new RejectedReplay(tables);
    long marked = replay.reconcile();
    DuplicateRepair.Found copies = removeCopies(context, tables, replay);
    BatchLander lander =
        new BatchLander(
            spark,
            LandingSettings.ofReplay(context.lake(), config.source(), config.limits()),
            "replay-" + context.runId(),
            plans,
            report -> {},
            context.clock());
    List<PartitionCounts> counts = lander.replay(replay.candidates(config), config.dryRun());
    if (!config.dryRun()) {
      marked += replay.reconcile();
      copies = copies.plus(removeCopies(context, tables, replay));
    }
    return result(counts)
        .and("dry_run", config.dryRun())
        .and("marked_replayed", marked)
        .and("duplicates_removed", copies.copies())
        .and("removed_by_kind", copies.byReason())
        .and("recovered_batches", recovered);
  }

  /** Looks at the ids that any replay landed: a replay may have been killed before this. */
  private static DuplicateRepair.Found removeCopies(
      JobContext context, LandedTables tables, RejectedReplay replay) throws IOException {
    String timeline = FixedTables.ACTIVITY.name();
    if (!replay.any()) {
      return DuplicateRepair.Found.NOTHING;
    }
    try (DuplicateRepair repair =
        DuplicateRepair.find(
            tables, tables.at(timeline, tables.version(timeline)), replay.landedByReplays())) {
      return repair.repair(context.clock().instant());
    }
  }

  private static JobResult result(List<PartitionCounts> counts) {
    long accepted = counts.stream().mapToLong(c -> c.accepted).sum();
    Map<String, Long> refused = new TreeMap<>();
    for (RejectReason reason : RejectReason.values()) {
      long sum = counts.stream().mapToLong(c -> c.reasons[reason.ordinal()]).sum();
      if (sum > 0) {
        refused.put(reason.code(), sum);
      }
    }
    return JobResult.of("accepted", accepted)
        .and("still_refused", refused.values().stream().mapToLong(Long::longValue).sum())
        .and("refused_by_reason", refused);
  }
}
