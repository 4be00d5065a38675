package dev.tributary.pipelines.landing;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the driver tells the tasks of one batch.
 *
 * @param lake directory or URI
 * @param application the stream
 * @param batch its number
 * @param landedAtMicros the batch's time
 * @param sourceName the source system where an event does not name its own
 * @param limits what an input may be at most
 * @param numbered records carry no offset and are counted in their file instead
 * @param deduplicate whether redeliveries within a partition are looked for
 * @param replay records come from {@code bronze.rejected}: what is refused again stays there as it
 *     is
 * @param horizonSeconds how long a message id is remembered
 * @param maxIdsAPartition how many ids of one partition are remembered at most
 * @param lastBatch partition → the batch that last read it; what a task's id index must stand at
 * @param landedUntil partition → offset below which an earlier stream has landed it already
 * @param idFiles partition → where its remembered ids can be read again; null when not given yet
 */
record BatchContext(
    String lake,
    String application,
    long batch,
    long landedAtMicros,
    String sourceName,
    LandingLimits limits,
    boolean numbered,
    boolean deduplicate,
    boolean replay,
    int horizonSeconds,
    int maxIdsAPartition,
    Map<String, Long> lastBatch,
    Map<String, Long> landedUntil,
    Map<String, IdFiles> idFiles)
    implements Serializable {

  static final long NEVER = -1;

  /**
   * Where the ids of one partition stand in the timeline.
   *
   * @param files data files of {@code silver.activity}
   * @param fromOffset rows below it are older than the horizon
   * @param landedAt times of the partition's batches within the horizon, oldest first: the {@code
   *     landed_at} of their rows, microseconds
   * @param maxTime latest record time of each of them, microseconds
   */
  record IdFiles(List<String> files, long fromOffset, long[] landedAt, long[] maxTime)
      implements Serializable {}

  /** The key of a partition in the maps. */
  static String partition(String landedFrom, int partition) {
    return landedFrom + "-" + partition;
  }
}
