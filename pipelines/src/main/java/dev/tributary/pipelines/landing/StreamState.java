package dev.tributary.pipelines.landing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a stream stands, as the ledger tells it: kept by the driver between batches, read again
 * after a restart.
 */
final class StreamState {
  /** The last batch in the ledger; -1 before the first. */
  long committed = BatchContext.NEVER;

  /** Partition → the last batch that read it. */
  final Map<String, Long> lastBatch = new HashMap<>();

  /** Partition → offset below which another stream landed it (a reset checkpoint). */
  final Map<String, Long> landedUntil = new HashMap<>();

  /** Partition → offset below which this stream landed it, as the ledger had it at the start. */
  final Map<String, Long> ownUntil = new HashMap<>();

  void committed(long batch, List<PartitionCounts> counts) {
    committed = batch;
    counts.forEach(c -> lastBatch.put(BatchContext.partition(c.landedFrom, c.partition), batch));
  }
}
