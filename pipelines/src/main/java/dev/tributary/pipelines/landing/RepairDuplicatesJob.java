package dev.tributary.pipelines.landing;

import static org.apache.spark.sql.functions.col;

import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.schemas.contract.ActivityColumns;
import dev.tributary.schemas.contract.LandingBatchColumns;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Removes what landing cannot see as it lands: events of one message id that came over different
 * partitions, topics or files, or further apart than the dedup horizon. {@code ./tributary run
 * repair-duplicates}.
 *
 * <p>Reads the timeline; writes every removed copy to {@code bronze.duplicates} and takes it out of
 * its typed table and the timeline. Runs beside landing. Up to which version of the timeline it has
 * looked stands in {@code ops.landing_batches} under the kind {@code repair}.
 */
public final class RepairDuplicatesJob implements Job<RepairDuplicatesConfig> {
  private static final String KIND = "repair";
  private static final String TIMELINE = FixedTables.ACTIVITY.name();

  @Override
  public String name() {
    return "repair-duplicates";
  }

  @Override
  public String description() {
    return "Remove copies of events that came over several partitions, topics or files";
  }

  @Override
  public Class<RepairDuplicatesConfig> configType() {
    return RepairDuplicatesConfig.class;
  }

  @Override
  public JobResult run(JobContext context, RepairDuplicatesConfig config) throws Exception {
    SparkSession spark = context.spark();
    BatchLander.recover(spark, context.lake());
    LandedTables tables = new LandedTables(spark, context.lake());
    long version = tables.version(TIMELINE);
    if (version < 0) {
      return result(DuplicateRepair.Found.NOTHING, version);
    }
    Dataset<Row> timeline = tables.at(TIMELINE, version);
    Dataset<Row> suspects =
        config.scope() == RepairDuplicatesConfig.Scope.ALL
            ? null
            : landedSince(tables, timeline, version);
    try (DuplicateRepair repair = DuplicateRepair.find(tables, timeline, suspects)) {
      DuplicateRepair.Found found = repair.repair(context.clock().instant());
      remember(context, version, found.copies());
      return result(found, version);
    }
  }

  private static JobResult result(DuplicateRepair.Found found, long version) {
    return JobResult.of("duplicates_found", found.copies())
        .and("removed_by_table", found.byTable())
        .and("removed_by_kind", found.byReason())
        .and("timeline_version", version);
  }

  /** The ids in files that the last repair has not seen; null when there was no repair. */
  private static Dataset<Row> landedSince(
      LandedTables tables, Dataset<Row> timeline, long version) {
    long repaired = repairedVersion(tables);
    if (repaired < 0) {
      return null;
    }
    Set<String> before = tables.files(TIMELINE, repaired);
    if (before.isEmpty()) {
      return null;
    }
    Set<String> gained = new HashSet<>(tables.files(TIMELINE, version));
    gained.removeAll(before);
    Dataset<Row> names =
        tables
            .spark()
            .createDataset(
                gained.stream().map(file -> new Path(file).getName()).toList(), Encoders.STRING())
            .toDF("_file");
    return timeline
        .withColumn("_file", col("_metadata.file_name"))
        .join(names, "_file")
        .select(ActivityColumns.MESSAGE_ID);
  }

  private static long repairedVersion(LandedTables tables) {
    Row last =
        tables
            .read(FixedTables.BATCHES)
            .where(col(LandingBatchColumns.KIND).equalTo(KIND))
            .agg(org.apache.spark.sql.functions.max(LandingBatchColumns.UNTIL_OFFSET))
            .head();
    return last.isNullAt(0) ? -1 : last.getLong(0) - 1;
  }

  /** One row of the ledger: the versions of the timeline looked at, the copies removed. */
  private static void remember(JobContext context, long version, long copies) throws IOException {
    Configuration hadoop = LandingFiles.hadoop(context.spark());
    DeltaTables tables = new DeltaTables(context.lake(), hadoop);
    String ledgerName = FixedTables.BATCHES.name();
    if (tables.committed(ledgerName, KIND).orElse(-1L) >= version) {
      return;
    }
    PartitionCounts counts = new PartitionCounts(TIMELINE, 0);
    long micros = context.clock().millis() * 1000;
    counts.fromOffset = 0;
    counts.untilOffset = version + 1;
    counts.records = copies;
    counts.maxTimeMicros = micros;
    Ledger ledger = new Ledger(context.spark(), context.lake(), hadoop);
    List<WrittenFile> files =
        ledger.write(KIND, version, KIND, micros, "", Map.of(), List.of(counts));
    new TablePreparer(context.spark(), context.lake(), hadoop).prepare(FixedTables.BATCHES);
    tables.append(ledgerName, files, KIND, version);
  }
}
