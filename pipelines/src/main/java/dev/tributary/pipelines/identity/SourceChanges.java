package dev.tributary.pipelines.identity;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a source table gained and lost between two of its versions, by its data files: rows of files
 * that only the later has, and rows of files that only the earlier has. A file that was rewritten
 * is among both, and what it kept cancels out. Unlike a change data feed this needs nothing of the
 * table, and costs nothing where it was only appended to.
 *
 * @param gained rows of new files
 * @param lost rows of files that went; null when none did
 */
record SourceChanges(Dataset<Row> gained, Dataset<Row> lost) {

  /** The changes from one version, -1 for an empty table, to another. */
  static SourceChanges between(IdentityTables tables, String table, long from, long until) {
    DataFiles after = tables.files(table, until);
    if (from < 0) {
      return new SourceChanges(after.rows(tables), null);
    }
    DataFiles before = tables.files(table, from);
    Set<String> gained = minus(after.files(), before.files());
    Set<String> lost = minus(before.files(), after.files());
    return new SourceChanges(
        after.rows(tables, gained, after.schema()),
        lost.isEmpty() ? null : before.rows(tables, lost, after.schema()));
  }

  private static Set<String> minus(Set<String> one, Set<String> other) {
    Set<String> rest = new HashSet<>(one);
    rest.removeAll(other);
    return rest;
  }
}
