package dev.tributary.pipelines.landing;

import java.io.Serializable;
import java.util.List;

/**
 * What a task hands to the driver.
 *
 * @param files written and closed
 * @param counts one for each partition or file it read
 * @param missingIds partitions whose known message ids were not in this process, so that nothing
 *     was done: the driver sends the batch again, with the way to rebuild them
 */
record TaskResult(List<WrittenFile> files, List<PartitionCounts> counts, List<String> missingIds)
    implements Serializable {
  TaskResult {
    files = List.copyOf(files);
    counts = List.copyOf(counts);
    missingIds = List.copyOf(missingIds);
  }
}
