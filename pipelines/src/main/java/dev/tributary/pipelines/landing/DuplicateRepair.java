package dev.tributary.pipelines.landing;

import static dev.tributary.schemas.contract.DuplicateColumns.KEPT_FROM;
import static dev.tributary.schemas.contract.DuplicateColumns.KEPT_INDEX;
import static dev.tributary.schemas.contract.DuplicateColumns.KEPT_OFFSET;
import static dev.tributary.schemas.contract.DuplicateColumns.KEPT_PARTITION;
import static dev.tributary.schemas.contract.DuplicateColumns.LANDED_AT;
import static dev.tributary.schemas.contract.DuplicateColumns.MESSAGE_ID;
import static dev.tributary.schemas.contract.DuplicateColumns.REASON;
import static dev.tributary.schemas.contract.DuplicateColumns.REMOVED_AT;
import static dev.tributary.schemas.contract.DuplicateColumns.TABLE_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.schemas.contract.ActivityColumns;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Removes copies: of the events that share a message id the first stays, by receipt, then source,
 * partition, offset, index and landing. Three steps, each of which may be repeated: the copies are
 * written to {@code bronze.duplicates}, taken out of their typed tables, and last out of the
 * timeline, from which alone it is told what a copy is. So a repair that was killed anywhere is
 * finished by the next one, to the same end.
 *
 * <p>All steps see the timeline at one version; what lands meanwhile is left to the next repair.
 */
final class DuplicateRepair implements AutoCloseable {
  private static final String VIEW = "tributary_repair";
  private static final String EVENT_DATE = ActivityColumns.EVENT_DATE;
  private static final int MOST_DATES = 2_000;

  private final LandedTables tables;
  private final Dataset<Row> copies;

  private DuplicateRepair(LandedTables tables, Dataset<Row> copies) {
    this.tables = tables;
    this.copies = copies;
  }

  /**
   * Finds the copies in the timeline.
   *
   * @param timeline the timeline at a fixed version
   * @param suspects message ids to look at, each any number of times; null is all
   */
  static DuplicateRepair find(LandedTables tables, Dataset<Row> timeline, Dataset<Row> suspects) {
    Dataset<Row> looked =
        suspects == null
            ? timeline
            : timeline.join(suspects.select(MESSAGE_ID), usingId(), "left_semi");
    Dataset<Row> repeated = looked.groupBy(MESSAGE_ID).count().where(col("count").gt(1));
    timeline
        .join(repeated.select(MESSAGE_ID), usingId(), "left_semi")
        .createOrReplaceTempView(VIEW);
    tables.spark().sparkContext().setJobDescription("find copies of events");
    return new DuplicateRepair(
        tables, tables.spark().sql(RANKED).persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** Two rows of one place and one time cannot be told apart, and so are never both a copy. */
  private static final String RANKED =
      """
      SELECT message_id, event_date, table_name, landed_from, landed_partition, landed_offset,
             landed_index, landed_at, kept.landed_from kept_from,
             kept.landed_partition kept_partition, kept.landed_offset kept_offset,
             kept.landed_index kept_index,
             CASE WHEN landed_from <> kept.landed_from THEN 'other_source'
                  WHEN landed_partition <> kept.landed_partition THEN 'other_partition'
                  WHEN landed_offset <> kept.landed_offset OR landed_index <> kept.landed_index
                  THEN 'beyond_horizon' ELSE 'landed_again' END reason
      FROM (SELECT *, row_number() OVER first place,
                   first(struct(landed_from, landed_partition, landed_offset, landed_index,
                                landed_at)) OVER first kept
            FROM tributary_repair
            WINDOW first AS (PARTITION BY message_id ORDER BY received_at, landed_from,
                             landed_partition, landed_offset, landed_index, landed_at))
      WHERE place > 1 AND struct(landed_from, landed_partition, landed_offset, landed_index,
                                 landed_at) <> kept
      """;

  private static scala.collection.immutable.Seq<String> usingId() {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(MESSAGE_ID)).toSeq();
  }

  /** How many copies there are, by typed table and by reason. */
  Found found() {
    Map<String, Long> byTable = new TreeMap<>();
    Map<String, Long> byReason = new TreeMap<>();
    long sum = 0;
    for (Row row : copies.groupBy(TABLE_NAME, REASON).count().collectAsList()) {
      byTable.merge(row.getString(0), row.getLong(2), Long::sum);
      byReason.merge(row.getString(1), row.getLong(2), Long::sum);
      sum += row.getLong(2);
    }
    return new Found(sum, byTable, byReason);
  }

  /** What a repair removes. */
  record Found(long copies, Map<String, Long> byTable, Map<String, Long> byReason) {
    static final Found NOTHING = new Found(0, Map.of(), Map.of());

    Found plus(Found other) {
      return new Found(
          copies + other.copies, sum(byTable, other.byTable), sum(byReason, other.byReason));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
      Map<String, Long> sum = new TreeMap<>(one);
      other.forEach((key, count) -> sum.merge(key, count, Long::sum));
      return sum;
    }
  }

  /** All steps. */
  Found repair(Instant now) throws IOException {
    Found found = found();
    if (found.copies() > 0) {
      record(now);
      for (String table : found.byTable().keySet()) {
        removeFrom(table);
      }
      removeFromTimeline();
    }
    return found;
  }

  /** Step 1: writes the copies to {@code bronze.duplicates}, those that are not there yet. */
  void record(Instant now) throws IOException {
    tables.prepare(FixedTables.DUPLICATES);
    Map<String, Column> values = new java.util.HashMap<>();
    List<String> same = new ArrayList<>(Coordinates.COLUMNS);
    same.addAll(
        List.of(
            MESSAGE_ID,
            LANDED_AT,
            KEPT_FROM,
            KEPT_PARTITION,
            KEPT_OFFSET,
            KEPT_INDEX,
            TABLE_NAME,
            REASON));
    same.forEach(column -> values.put(column, col("s." + column)));
    values.put(REMOVED_AT, lit(now));
    describe("write copies to " + FixedTables.DUPLICATES.name());
    Conflicts.retry(
        "recording copies",
        () ->
            table(FixedTables.DUPLICATES.name())
                .merge(copies.as("s"), Coordinates.equal("t", "s", MESSAGE_ID, LANDED_AT))
                .whenNotMatched()
                .insert(values)
                .execute());
  }

  /** Step 2: takes the copies out of one typed table. */
  void removeFrom(String shortName) {
    String name = LandedTables.typed(shortName);
    if (!tables.has(name)) {
      return;
    }
    describe("remove copies from " + name);
    Dataset<Row> here = copies.where(col(TABLE_NAME).equalTo(shortName));
    Dataset<Row> elsewhere = here.where(col(REASON).notEqual("landed_again"));
    delete(name, elsewhere, Coordinates.equal("t", "s", MESSAGE_ID));
    Dataset<Row> again = here.where(col(REASON).equalTo("landed_again"));
    if (!again.isEmpty()) {
      Conflicts.retry("removing copies from " + name, () -> removeLandedAgain(name, again));
    }
  }

  /** Step 3: takes the copies out of the timeline. */
  void removeFromTimeline() {
    String name = FixedTables.ACTIVITY.name();
    describe("remove copies from " + name);
    delete(name, copies, Coordinates.equal("t", "s", MESSAGE_ID, LANDED_AT));
  }

  private void delete(String name, Dataset<Row> rows, String condition) {
    List<Row> dates = dates(rows);
    if (dates.isEmpty()) {
      return;
    }
    String where = inDates("t", dates) + " AND t.event_date = s.event_date";
    Conflicts.retry(
        "removing copies from " + name,
        () ->
            table(name)
                .merge(rows.as("s"), where + " AND " + condition)
                .whenMatched()
                .delete()
                .execute());
  }

  /**
   * Rows of a typed table that are equal in id and place, as a topic gives that was made again with
   * the same events: all are taken out and one is put in, by one commit.
   */
  private void removeLandedAgain(String name, Dataset<Row> rows) {
    String key = Coordinates.equal("t", "s", MESSAGE_ID, EVENT_DATE);
    List<Row> dates = dates(rows);
    DeltaTable table = table(name);
    List<String> keys = new ArrayList<>(Coordinates.COLUMNS);
    keys.addAll(List.of(MESSAGE_ID, EVENT_DATE));
    String[] columns = keys.toArray(String[]::new);
    Dataset<Row> one =
        tables
            .at(name, tables.version(name))
            .as("t")
            .where(inDates("t", dates))
            .join(rows.as("s"), org.apache.spark.sql.functions.expr(key), "left_semi")
            .dropDuplicates(columns);
    Dataset<Row> source =
        one.withColumn("_put", lit(true)).unionByName(one.withColumn("_put", lit(false)));
    table
        .merge(source.as("s"), "NOT s._put AND " + inDates("t", dates) + " AND " + key)
        .whenMatched()
        .delete()
        .whenNotMatched("s._put")
        .insert(
            List.of(one.columns()).stream()
                .collect(Collectors.toMap(c -> "`" + c + "`", c -> col("s.`" + c + "`"))))
        .execute();
  }

  /** The days that are touched; few, since a day is a partition. */
  private static List<Row> dates(Dataset<Row> rows) {
    return rows.select(EVENT_DATE).distinct().orderBy(EVENT_DATE).collectAsList();
  }

  private static String inDates(String alias, List<Row> dates) {
    String column = alias + "." + EVENT_DATE;
    if (dates.size() > MOST_DATES) {
      return "%s BETWEEN DATE'%s' AND DATE'%s'"
          .formatted(column, dates.get(0).get(0), dates.get(dates.size() - 1).get(0));
    }
    return dates.stream()
        .map(row -> "DATE'" + row.get(0) + "'")
        .collect(Collectors.joining(", ", column + " IN (", ")"));
  }

  private DeltaTable table(String name) {
    return DeltaTable.forPath(tables.spark(), tables.path(name)).as("t");
  }

  private void describe(String step) {
    tables.spark().sparkContext().setJobDescription(step);
  }

  @Override
  public void close() {
    copies.unpersist();
  }
}
