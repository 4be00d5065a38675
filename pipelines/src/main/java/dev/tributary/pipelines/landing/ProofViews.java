package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.landing.CheckReport.Broken;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The tables as they were when a proof began, as views for its queries. The ledger is read first,
 * since a batch is in it only when it is everywhere: what the others hold beyond it is not judged,
 * so the proof may run beside a stream. The timeline is scanned once for all that is asked of it
 * batch by batch.
 */
final class ProofViews implements AutoCloseable {
  private static final int MOST_EXAMPLES = 5;

  private final LandedTables tables;
  private final SparkSession spark;
  private final List<Dataset<Row>> kept = new ArrayList<>();

  ProofViews(LandedTables tables) {
    this.tables = tables;
    this.spark = tables.spark();
    view("proof_ledger", tables.read(FixedTables.BATCHES));
    view("proof_duplicates", tables.read(FixedTables.DUPLICATES));
    view("proof_timeline", tables.read(FixedTables.ACTIVITY));
    view("proof_rejected", tables.read(FixedTables.REJECTED));
    view("proof_typed", typedRows());
    define(
        "proof_batches",
        """
        SELECT landed_from, landed_partition, committed_at, sum(accepted) accepted,
               sum(rejected) rejected, min(from_offset) from_offset, max(until_offset) until_offset
        FROM proof_ledger WHERE kind IN ('stream', 'replay')
        GROUP BY landed_from, landed_partition, committed_at
        """);
    define(
        "proof_landed",
        """
        SELECT landed_from, landed_partition, max(until_offset) until_offset
        FROM proof_ledger WHERE kind = 'stream' GROUP BY landed_from, landed_partition
        """);
    keep(
        "proof_rejected_batches",
        """
        SELECT landed_from, landed_partition, rejected_at, count(*) rows,
               count(replayed_at) replayed, min(landed_offset) least, max(landed_offset) greatest
        FROM proof_rejected GROUP BY landed_from, landed_partition, rejected_at
        """);
    define(
        "proof_open",
        "SELECT DISTINCT %s FROM proof_rejected WHERE replayed_at IS NULL"
            .formatted(Coordinates.LIST));
    keep(
        "proof_timeline_batches",
        """
        SELECT t.landed_from, t.landed_partition, t.landed_at, count(*) timeline,
               count(d.message_id) pending, count(r.landed_offset) refused,
               min(t.landed_offset) least, max(t.landed_offset) greatest
        FROM proof_timeline t LEFT JOIN proof_duplicates d ON %s LEFT JOIN proof_open r ON %s
        GROUP BY t.landed_from, t.landed_partition, t.landed_at
        """
            .formatted(
                Coordinates.equal("t", "d", "message_id", "landed_at"),
                Coordinates.equal("t", "r")));
    define(
        "proof_removed_batches",
        """
        SELECT landed_from, landed_partition, landed_at, count(*) removed
        FROM proof_duplicates GROUP BY landed_from, landed_partition, landed_at
        """);
  }

  private Dataset<Row> typedRows() {
    List<String> columns = new ArrayList<>(List.of("table_name", "message_id"));
    columns.addAll(Coordinates.COLUMNS);
    Dataset<Row> rows =
        tables.read(FixedTables.ACTIVITY).limit(0).selectExpr(columns.toArray(String[]::new));
    for (String table : tables.typed()) {
      columns.set(0, "'%s' table_name".formatted(table.substring(table.indexOf('.') + 1)));
      rows =
          rows.union(
              tables.at(table, tables.version(table)).selectExpr(columns.toArray(String[]::new)));
    }
    return rows;
  }

  /** The rows of a query that should have none. */
  Broken broken(String query) {
    Dataset<Row> rows = spark.sql(query);
    long count = rows.count();
    if (count == 0) {
      return Broken.NONE;
    }
    String[] names = rows.columns();
    List<String> examples =
        rows.limit(MOST_EXAMPLES).collectAsList().stream().map(row -> text(names, row)).toList();
    return new Broken(count, examples);
  }

  private static String text(String[] names, Row row) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      parts.add(names[i] + "=" + row.get(i));
    }
    return parts.stream().collect(Collectors.joining(" "));
  }

  /** Whether a sum is zero, so that a scan of the timeline can be spared. */
  boolean none(String sum) {
    Row row = spark.sql(sum).head();
    return row.isNullAt(0) || row.getLong(0) == 0;
  }

  /** A view that several expectations ask: one row a batch and partition. */
  private void keep(String name, String query) {
    Dataset<Row> rows = spark.sql(query).persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(rows);
    view(name, rows);
  }

  @Override
  public void close() {
    kept.forEach(Dataset::unpersist);
  }

  void define(String name, String query) {
    view(name, spark.sql(query));
  }

  static void view(String name, Dataset<Row> rows) {
    rows.createOrReplaceTempView(name);
  }

  /** Names the Spark jobs to come. */
  void describe(String what) {
    spark.sparkContext().setJobDescription("check " + what);
  }
}
