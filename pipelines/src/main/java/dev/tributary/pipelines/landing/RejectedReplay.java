package dev.tributary.pipelines.landing;

import static dev.tributary.schemas.contract.RejectedColumns.LANDED_FROM;
import static dev.tributary.schemas.contract.RejectedColumns.REASON;
import static dev.tributary.schemas.contract.RejectedColumns.REJECTED_AT;
import static dev.tributary.schemas.contract.RejectedColumns.REJECTED_DATE;
import static dev.tributary.schemas.contract.RejectedColumns.REPLAYED_AT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.schemas.contract.ActivityColumns;
import dev.tributary.schemas.contract.LandingBatchColumns;
import io.delta.tables.DeltaTable;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of {@code bronze.rejected} that a replay reads, and the marking of those that it landed.
 * A row counts as replayed when a batch of the kind {@code replay} put its coordinates in the
 * timeline, or in {@code bronze.duplicates} when another copy of the event stays.
 */
final class RejectedReplay {
  /** Pointer of the one refusal that holds for ever: its bytes alone would read as a batch. */
  static final String NESTED_BATCH = "/batch";

  private final LandedTables tables;

  RejectedReplay(LandedTables tables) {
    this.tables = tables;
  }

  /**
   * What is still refused, as a landing task reads it: landed_from, partition, offset, time, value,
   * headers, index.
   */
  Dataset<Row> candidates(ReplayRejectedConfig config) {
    Dataset<Row> rows =
        open()
            .where(
                "NOT (reason = '%s' AND pointer = '%s')"
                    .formatted(RejectReason.INVALID_ENVELOPE.code(), NESTED_BATCH));
    if (!config.reason().isEmpty()) {
      rows = rows.where(col(REASON).isin(config.reason().toArray()));
    }
    if (!config.landedFrom().isEmpty()) {
      rows = rows.where(col(LANDED_FROM).isin(config.landedFrom().toArray()));
    }
    if (config.since().isPresent()) {
      rows = rows.where(col(REJECTED_AT).geq(lit(config.since().get())));
    }
    return rows.selectExpr(
        "landed_from",
        "landed_partition",
        "landed_offset",
        "received_at",
        "raw",
        "transform(map_entries(from_json(headers, 'map<string,string>')),"
            + " h -> struct(h.key, unbase64(h.value)))",
        "landed_index");
  }

  private Dataset<Row> open() {
    return tables.read(FixedTables.REJECTED).where(col(REPLAYED_AT).isNull());
  }

  /**
   * Sets {@code replayed_at} where a replay has landed the row; repeating it changes nothing.
   *
   * @return how many rows it marked
   */
  long reconcile() {
    if (!any()) {
      return 0;
    }
    tables.spark().sparkContext().setJobDescription("mark what replays landed");
    Dataset<Row> landed =
        landedByReplays(FixedTables.ACTIVITY)
            .union(landedByReplays(FixedTables.DUPLICATES))
            .groupBy(cols())
            .agg(org.apache.spark.sql.functions.min("landed_at").as("landed_at"));
    Dataset<Row> marked =
        open()
            .as("r")
            .join(
                landed.as("l"),
                org.apache.spark.sql.functions.expr(
                    Coordinates.equal("r", "l") + " AND r.rejected_at < l.landed_at"))
            .selectExpr(
                "r.landed_from",
                "r.landed_partition",
                "r.landed_offset",
                "r.landed_index",
                "r.rejected_at",
                "r.rejected_date",
                "l.landed_at")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = marked.count();
      if (count > 0) {
        Conflicts.retry("marking what replays landed", () -> mark(marked));
      }
      return count;
    } finally {
      marked.unpersist();
    }
  }

  /** Whether there ever was a replay that landed something. */
  boolean any() {
    return !times().isEmpty();
  }

  private void mark(Dataset<Row> marked) {
    String dates =
        marked.select(REJECTED_DATE).distinct().collectAsList().stream()
            .map(row -> "DATE'" + row.get(0) + "'")
            .collect(Collectors.joining(", ", "t.rejected_date IN (", ")"));
    DeltaTable.forPath(tables.spark(), tables.path(FixedTables.REJECTED.name()))
        .as("t")
        .merge(
            marked.as("s"),
            dates
                + " AND t.replayed_at IS NULL AND "
                + Coordinates.equal("t", "s", REJECTED_DATE, REJECTED_AT))
        .whenMatched()
        .update(Map.of(REPLAYED_AT, col("s.landed_at")))
        .execute();
  }

  /** The rows of the timeline that replays landed; few beside the rest. */
  Dataset<Row> landedByReplays() {
    return ofReplays(tables.read(FixedTables.ACTIVITY));
  }

  private Dataset<Row> landedByReplays(TableLayout table) {
    return ofReplays(tables.read(table))
        .selectExpr(
            "landed_from", "landed_partition", "landed_offset", "landed_index", "landed_at");
  }

  private Dataset<Row> ofReplays(Dataset<Row> rows) {
    Dataset<Row> times = times();
    return rows.join(
        times, rows.col(ActivityColumns.LANDED_AT).equalTo(times.col("_replayed")), "left_semi");
  }

  /** The times of all replays, which their rows carry as {@code landed_at}. */
  private Dataset<Row> times() {
    return tables
        .read(FixedTables.BATCHES)
        .where(col(LandingBatchColumns.KIND).equalTo("replay"))
        .select(col(LandingBatchColumns.COMMITTED_AT).as("_replayed"))
        .distinct();
  }

  private static org.apache.spark.sql.Column[] cols() {
    return Coordinates.COLUMNS.stream()
        .map(org.apache.spark.sql.functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }
}
