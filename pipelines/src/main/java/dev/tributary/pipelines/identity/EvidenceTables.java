package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.tributary.schemas.contract.IdentityMatchColumns;
import dev.tributary.schemas.contract.TableContracts;
import io.delta.tables.DeltaTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings tables of evidence to what they should hold, by no more than what differs: rows that are
 * as before stay in their files, so that the next batch reads nothing of them.
 */
final class EvidenceTables {
  private static final String[] PAIR = {
    IdentityMatchColumns.GRAPH,
    IdentityMatchColumns.LEFT_TYPE,
    IdentityMatchColumns.LEFT_VALUE,
    IdentityMatchColumns.RIGHT_TYPE,
    IdentityMatchColumns.RIGHT_VALUE,
    IdentityMatchColumns.MODEL_VERSION
  };

  private final IdentityTables tables;

  EvidenceTables(IdentityTables tables) {
    this.tables = tables;
  }

  /** The rows, computed once. */
  static Dataset<Row> kept(Dataset<Row> rows) {
    return rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK());
  }

  static Instant instant(Object time) {
    return time instanceof Timestamp stamp ? stamp.toInstant() : (Instant) time;
  }

  /** The matches of a model version as they stand. */
  Dataset<Row> matches(String version) {
    return tables
        .now(IdentityMatchColumns.TABLE)
        .where(col(IdentityMatchColumns.MODEL_VERSION).equalTo(version));
  }

  /**
   * Makes some matches of a version those that are given.
   *
   * @param before matches of the version that are to be replaced
   * @param after what they are replaced by
   */
  void replaceMatches(Dataset<Row> before, Dataset<Row> after) {
    replace(IdentityMatchColumns.TABLE, before, after, PAIR);
  }

  /** Makes some rows of a table others; nothing is written where nothing differs. */
  void replace(String table, Dataset<Row> before, Dataset<Row> after, String... key) {
    Column[] columns = columns(table);
    Dataset<Row> differ =
        kept(
            before
                .select(columns)
                .withColumn("_n", lit(-1L))
                .unionAll(after.select(columns).withColumn("_n", lit(1L)))
                .groupBy(columns)
                .agg(sum("_n").as("_n"))
                .where(col("_n").notEqual(0)));
    Dataset<Row> gone = differ.where(col("_n").lt(0)).drop("_n");
    Dataset<Row> added = differ.where(col("_n").gt(0)).drop("_n");
    if (!gone.isEmpty()) {
      delete(table, gone, key);
    }
    append(table, added);
  }

  private void delete(String table, Dataset<Row> gone, String... key) {
    Column same = lit(true);
    for (String name : key) {
      same = same.and(col("t." + name).eqNullSafe(col("gone." + name)));
    }
    DeltaTable.forPath(tables.spark(), tables.path(table))
        .as("t")
        .merge(gone.as("gone"), same)
        .whenMatched()
        .delete()
        .execute();
  }

  /** Removes the rows of a table for which a condition holds. */
  void deleteWhere(String table, Column condition) {
    if (tables.version(table) >= 0 && !tables.now(table).where(condition).isEmpty()) {
      DeltaTable.forPath(tables.spark(), tables.path(table)).delete(condition);
    }
  }

  private void append(String table, Dataset<Row> rows) {
    tables.create(table);
    if (!rows.isEmpty()) {
      rows.coalesce(4).write().format("delta").mode("append").save(tables.path(table));
    }
  }

  static Column[] columns(String table) {
    List<String> names = TableContracts.of(table).columnNames();
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
