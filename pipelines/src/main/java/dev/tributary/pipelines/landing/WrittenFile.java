package dev.tributary.pipelines.landing;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * A data file that a task has finished, not yet part of its table.
 *
 * @param table namespace and name
 * @param path relative to the table's directory
 * @param day partition value, days since the epoch
 * @param bytes size of the file
 * @param modifiedMillis when it was closed
 * @param records rows
 * @param least column → least value (Long, Integer, Double, String), for the columns with
 *     statistics
 * @param greatest column → greatest value
 * @param nulls column → number of nulls
 */
record WrittenFile(
    String table,
    String path,
    int day,
    long bytes,
    long modifiedMillis,
    long records,
    Map<String, Object> least,
    Map<String, Object> greatest,
    Map<String, Long> nulls)
    implements Serializable {
  WrittenFile {
    Objects.requireNonNull(table);
    Objects.requireNonNull(path);
    if (records < 1) {
      throw new IllegalArgumentException("a data file has at least one row, not " + records);
    }
  }
}
