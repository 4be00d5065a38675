package dev.tributary.pipelines.landing;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What one batch did.
 *
 * @param readMillis reading, validating and writing files
 * @param commitMillis manifest and commits
 */
record BatchReport(
    long batch,
    List<PartitionCounts> counts,
    List<WrittenFile> files,
    long readMillis,
    long commitMillis) {

  long sum(ToLongFunction<PartitionCounts> count) {
    return counts.stream().mapToLong(count).sum();
  }
}
