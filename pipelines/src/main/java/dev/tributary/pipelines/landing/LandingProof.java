package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.landing.CheckReport.Broken;
import dev.tributary.pipelines.landing.CheckReport.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The proof in SQL, over the tables as they were when it began. The ledger is read first, since a
 * batch is in it only when it is everywhere: what the others hold beyond it is not judged, so the
 * proof may run beside a stream. A row belongs to the batch whose time it carries.
 */
final class LandingProof {
  private static final int MOST_EXAMPLES = 5;

  private final LandedTables tables;
  private final SparkSession spark;

  LandingProof(LandedTables tables) {
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

  /** The sums that a person reads first. */
  Map<String, Long> sums() {
    describe("sums");
    Row row =
        spark
            .sql(
                """
                SELECT count(DISTINCT application, batch) batches, sum(records) records,
                       sum(events) events, sum(accepted) accepted, sum(rejected) rejected,
                       sum(duplicates) duplicates,
                       (SELECT count(*) FROM proof_rejected WHERE replayed_at IS NOT NULL) replayed,
                       (SELECT count(*) FROM proof_duplicates) removed_copies,
                       (SELECT count(*) FROM proof_timeline) timeline_rows,
                       (SELECT count(*) FROM proof_rejected) rejected_rows
                FROM proof_ledger WHERE kind = 'stream'
                """)
            .head();
    Map<String, Long> sums = new LinkedHashMap<>();
    for (int i = 0; i < row.length(); i++) {
      sums.put(row.schema().fieldNames()[i], row.isNullAt(i) ? 0L : row.getLong(i));
    }
    return sums;
  }

  /** The ledger by itself: its arithmetic, and that its ranges follow one another. */
  void ledger(CheckReport report, boolean allowGaps) {
    describe("ledger");
    report.fails(
        "unbalanced_batches",
        "events = accepted + rejected + duplicates in each batch",
        broken(
            """
            SELECT application, batch, landed_from, landed_partition, records, events, accepted,
                   rejected, duplicates
            FROM proof_ledger
            WHERE events <> accepted + rejected + duplicates
               OR kind = 'stream' AND records > until_offset - from_offset
            """));
    define(
        "proof_ranges",
        """
        SELECT *, lag(until_offset) OVER own before_own, max(until_offset) OVER earlier before_any
        FROM proof_ledger WHERE kind = 'stream'
        WINDOW own AS (PARTITION BY landed_from, landed_partition, topic_id, application
                       ORDER BY batch),
               earlier AS (PARTITION BY landed_from, landed_partition, topic_id
                           ORDER BY from_offset, until_offset, application, batch
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        """);
    report.fails(
        "overlapping_batches",
        "no stream reads an offset twice",
        broken(
            """
            SELECT application, batch, landed_from, landed_partition, from_offset, before_own
            FROM proof_ranges WHERE from_offset < before_own
            """));
    Broken gaps =
        broken(
            """
            SELECT landed_from, landed_partition, before_any missing_from,
                   from_offset missing_until, until_offset - from_offset - records missing_within
            FROM proof_ranges
            WHERE topic_id IS NOT NULL
              AND (from_offset > before_any OR records < until_offset - from_offset)
            """);
    report.add(
        "offset_gaps",
        "the batches of a partition follow one another without a gap",
        gaps.count(),
        allowGaps ? Severity.WARNING : Severity.FAILURE,
        gaps.examples());
  }

  /** The timeline and the refused against the ledger, batch by batch. */
  void batches(CheckReport report) throws IOException {
    describe("batches");
    define(
        "proof_timeline_batches",
        """
        SELECT t.landed_from, t.landed_partition, t.landed_at, count(*) timeline,
               count(d.message_id) pending, min(t.landed_offset) least,
               max(t.landed_offset) greatest
        FROM proof_timeline t LEFT JOIN proof_duplicates d ON %s
        GROUP BY t.landed_from, t.landed_partition, t.landed_at
        """
            .formatted(Coordinates.equal("t", "d", "message_id", "landed_at")));
    define(
        "proof_removed_batches",
        """
        SELECT landed_from, landed_partition, landed_at, count(*) removed
        FROM proof_duplicates GROUP BY landed_from, landed_partition, landed_at
        """);
    report.fails(
        "timeline_differs",
        "each batch's accepted events are in the timeline, but for removed copies",
        broken(
            """
            SELECT b.landed_from, b.landed_partition, b.committed_at, accepted,
                   coalesce(timeline, 0) timeline,
                   coalesce(removed, 0) - coalesce(pending, 0) removed
            FROM proof_batches b
            LEFT JOIN proof_timeline_batches t ON b.landed_from = t.landed_from
              AND b.landed_partition = t.landed_partition AND b.committed_at = t.landed_at
            LEFT JOIN proof_removed_batches d ON b.landed_from = d.landed_from
              AND b.landed_partition = d.landed_partition AND b.committed_at = d.landed_at
            WHERE accepted <> coalesce(timeline, 0) + coalesce(removed, 0) - coalesce(pending, 0)
               OR least < from_offset OR greatest >= until_offset
            """));
    Broken pending =
        broken(
            """
            SELECT landed_from, landed_partition, landed_at, pending
            FROM proof_timeline_batches WHERE pending > 0
            """);
    report.add(
        "unfinished_repairs",
        "no repair was left half done",
        pending.count(),
        Severity.WARNING,
        pending.examples());
    report.fails(
        "rejected_differs",
        "each batch's refused events are in bronze.rejected",
        broken(
            """
            SELECT b.landed_from, b.landed_partition, b.committed_at, b.rejected,
                   coalesce(r.rows, 0) found
            FROM proof_batches b LEFT JOIN (
              SELECT landed_from, landed_partition, rejected_at, count(*) rows,
                     min(landed_offset) least, max(landed_offset) greatest
              FROM proof_rejected GROUP BY landed_from, landed_partition, rejected_at) r
            ON b.landed_from = r.landed_from AND b.landed_partition = r.landed_partition
              AND b.committed_at = r.rejected_at
            WHERE b.rejected <> coalesce(r.rows, 0)
               OR r.least < b.from_offset OR r.greatest >= b.until_offset
            """));
    unknownBatches(report);
  }

  /**
   * Rows without a batch in the ledger. One that is being committed has a manifest until the ledger
   * holds it, so the manifests are read before the ledger is read again.
   */
  private void unknownBatches(CheckReport report) throws IOException {
    List<BatchManifest> decided = tables.decided();
    view("proof_ledger_now", tables.read(FixedTables.BATCHES));
    report.add(
        "unfinished_batches",
        "no batch is decided and not yet finished",
        decided.size(),
        Severity.WARNING,
        decided.stream().limit(MOST_EXAMPLES).map(m -> m.application() + " " + m.batch()).toList());
    String times =
        decided.stream()
            .map(m -> "timestamp_micros(%d)".formatted(m.landedAtMicros()))
            .collect(Collectors.joining(", ", "(NULL, ", ")"))
            .replace(", )", ")");
    report.fails(
        "unknown_batches",
        "every row of the timeline and of bronze.rejected belongs to a batch of the ledger",
        broken(
            """
            SELECT found.* FROM (
              SELECT landed_from, landed_partition, landed_at, timeline rows
              FROM proof_timeline_batches
              UNION ALL
              SELECT landed_from, landed_partition, rejected_at, count(*)
              FROM proof_rejected GROUP BY landed_from, landed_partition, rejected_at) found
            WHERE NOT coalesce(landed_at IN %s, false)
              AND NOT EXISTS (
                SELECT 1 FROM proof_ledger_now n WHERE n.landed_from = found.landed_from
                  AND n.landed_partition = found.landed_partition
                  AND n.committed_at = found.landed_at)
            """
                .formatted(times)));
  }

  /** The typed tables against the timeline: as many rows, and the same by a sum of hashes. */
  void typedTables(CheckReport report) {
    describe("typed tables");
    String side =
        """
        SELECT r.table_name, count(*) rows,
               sum(CAST(xxhash64(r.message_id, r.landed_from, r.landed_partition, r.landed_offset,
                                 r.landed_index) AS DECIMAL(20, 0))) hash
        FROM %s r
        JOIN proof_landed l ON r.landed_from = l.landed_from
          AND r.landed_partition = l.landed_partition AND r.landed_offset < l.until_offset
        LEFT ANTI JOIN proof_duplicates d ON %s
        GROUP BY r.table_name
        """;
    String condition = Coordinates.equal("r", "d", "message_id");
    List<Row> each =
        spark
            .sql(
                "SELECT coalesce(t.table_name, a.table_name), coalesce(t.rows, 0),"
                    + " coalesce(a.rows, 0), t.rows <=> a.rows AND t.hash <=> a.hash FROM ("
                    + side.formatted("proof_typed", condition)
                    + ") t FULL OUTER JOIN ("
                    + side.formatted("proof_timeline", condition)
                    + ") a ON t.table_name = a.table_name ORDER BY 1")
            .collectAsList();
    report.sums(Map.of("typed_rows", each.stream().mapToLong(row -> row.getLong(1)).sum()));
    List<String> different =
        each.stream()
            .filter(row -> !row.getBoolean(3))
            .map(
                row ->
                    "%s: %,d rows, the timeline names %,d"
                        .formatted(row.get(0), row.get(1), row.get(2)))
            .toList();
    report.fails(
        "typed_tables_differ",
        "each typed table holds the events that the timeline names for it, and no others",
        new Broken(different.size(), different));
  }

  /** Nothing is both refused and landed, and what counts as replayed has landed. */
  void refused(CheckReport report) {
    describe("refused");
    report.fails(
        "landed_and_refused",
        "no event is in the timeline and refused at once",
        broken(
            """
            SELECT t.landed_from, t.landed_partition, t.landed_offset, t.landed_index, r.reason
            FROM proof_timeline t
            JOIN proof_rejected r ON r.replayed_at IS NULL AND %s
            LEFT JOIN proof_ledger a ON a.landed_from = t.landed_from
              AND a.landed_partition = t.landed_partition AND a.committed_at = t.landed_at
            LEFT JOIN proof_ledger b ON b.landed_from = r.landed_from
              AND b.landed_partition = r.landed_partition AND b.committed_at = r.rejected_at
            WHERE a.kind = 'stream' AND a.topic_id <=> b.topic_id
            """
                .formatted(Coordinates.equal("t", "r"))));
    report.fails(
        "replayed_not_landed",
        "every event that counts as replayed is in the timeline, or another copy of it is",
        broken(
            """
            SELECT r.landed_from, r.landed_partition, r.landed_offset, r.landed_index
            FROM proof_rejected r
            LEFT ANTI JOIN (
              SELECT %s, landed_at FROM proof_timeline
              UNION ALL SELECT %s, landed_at FROM proof_duplicates) t
            ON %s AND r.replayed_at = t.landed_at
            WHERE r.replayed_at IS NOT NULL
            """
                .formatted(Coordinates.LIST, Coordinates.LIST, Coordinates.equal("r", "t"))));
  }

  /** Message ids that stand more than once: what the repair removes. */
  void messageIds(CheckReport report, boolean strict) {
    describe("message ids");
    Row row =
        spark
            .sql(
                """
                SELECT count(*), coalesce(sum(n - 1), 0) FROM (
                  SELECT message_id, count(*) n FROM proof_timeline GROUP BY message_id)
                WHERE n > 1
                """)
            .head();
    List<String> examples = new ArrayList<>();
    if (row.getLong(0) > 0) {
      examples.add(
          "%,d ids, %,d rows too many: './tributary run repair-duplicates' removes them"
              .formatted(row.getLong(0), row.getLong(1)));
    }
    report.add(
        "repeated_message_ids",
        "every message id is in the timeline once",
        row.getLong(0),
        strict ? Severity.FAILURE : Severity.WARNING,
        examples);
  }

  /** What was read of each topic's partitions; as many rows as there are partitions. */
  List<TopicComparison.Coverage> coverage() {
    return spark
        .sql(
            """
            SELECT landed_from, landed_partition, topic_id, min(from_offset), max(until_offset)
            FROM proof_ledger WHERE kind = 'stream' AND topic_id IS NOT NULL
            GROUP BY landed_from, landed_partition, topic_id
            """)
        .collectAsList()
        .stream()
        .map(
            row ->
                new TopicComparison.Coverage(
                    row.getString(0),
                    row.getInt(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4)))
        .toList();
  }

  private Broken broken(String query) {
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

  private void define(String name, String query) {
    view(name, spark.sql(query));
  }

  private static void view(String name, Dataset<Row> rows) {
    rows.createOrReplaceTempView(name);
  }

  private void describe(String what) {
    spark.sparkContext().setJobDescription("check " + what);
  }
}
