package dev.tributary.pipelines.identity.matching;

/**
 * Whether each source has an entity at most once. It is told from the best match of each record: in
 * clean sources hardly any record matches a record of its own source best.
 */
final class SourceConstraint {
  /** Records that match one of their own source best, of those that match any, in clean sources. */
  private static final double CLEAN = 0.1;

  private SourceConstraint() {}

  static boolean holds(RecordSet records, ScoredPairs pairs) {
    if (records.sources().size() < 2) {
      return false;
    }
    float[] within = new float[records.size()];
    float[] across = new float[records.size()];
    pairs.forEach(
        (left, right, weight) -> {
          float[] best = records.source(left) == records.source(right) ? within : across;
          best[left] = Math.max(best[left], weight);
          best[right] = Math.max(best[right], weight);
        });
    int own = 0;
    int matched = 0;
    for (int record = 0; record < within.length; record++) {
      own += within[record] > across[record] ? 1 : 0;
      matched += within[record] > 0 || across[record] > 0 ? 1 : 0;
    }
    return own < CLEAN * matched;
  }
}
