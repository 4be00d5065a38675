package dev.tributary.pipelines.landing;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What one stream lands, and how.
 *
 * @param lake directory or URI
 * @param sourceName the source system where an event does not name its own
 * @param limits what an input may be at most
 * @param numbered records are counted in their file, since they carry no offset
 * @param deduplicate whether redeliveries within a partition are looked for
 * @param dedupHorizon how long a message id is remembered, by the log's time
 * @param dedupMaxIds how many ids are remembered at most, over all partitions
 * @param topicIds topic → Kafka's id of it, which a re-created topic does not share
 * @param replay whether the input is what was refused before
 */
record LandingSettings(
    String lake,
    String sourceName,
    LandingLimits limits,
    boolean numbered,
    boolean deduplicate,
    Duration dedupHorizon,
    int dedupMaxIds,
    Map<String, String> topicIds,
    boolean replay) {
  LandingSettings {
    Objects.requireNonNull(lake);
    Objects.requireNonNull(limits);
    topicIds = Map.copyOf(topicIds);
    if (dedupHorizon.isNegative()) {
      throw new IllegalArgumentException("dedup.horizon is not negative: " + dedupHorizon);
    }
    if (dedupMaxIds < 1) {
      throw new IllegalArgumentException("dedup.max-ids is at least 1, not " + dedupMaxIds);
    }
  }

  /** A stream's. */
  LandingSettings(
      String lake,
      String sourceName,
      LandingLimits limits,
      boolean numbered,
      boolean deduplicate,
      Duration dedupHorizon,
      int dedupMaxIds,
      Map<String, String> topicIds) {
    this(
        lake,
        sourceName,
        limits,
        numbered,
        deduplicate,
        dedupHorizon,
        dedupMaxIds,
        topicIds,
        false);
  }

  /** A replay's: nothing is dropped as it lands, copies are removed by the repair after it. */
  static LandingSettings ofReplay(String lake, String sourceName, LandingLimits limits) {
    return new LandingSettings(
        lake, sourceName, limits, false, false, Duration.ZERO, 1, Map.of(), true);
  }

  /** How the ledger calls the batches. */
  String kind() {
    return replay ? "replay" : "stream";
  }
}
