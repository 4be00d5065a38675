package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.LogCounts;
import java.util.Comparator;

/** Which of several logs of one application attempt is the best. */
final class Copies {
  /** Best first. Names decide only between copies that tell the same. */
  static final Comparator<ApplicationRecord> BEST =
      Comparator.comparing(Copies::hasEnded)
          .thenComparingLong(Copies::lines)
          .thenComparing(copy -> !copy.log().incomplete())
          .thenComparing(copy -> copy.counts().damage().isEmpty())
          .reversed()
          .thenComparing(copy -> copy.log().location());

  private Copies() {}

  /** Whether the application's end is in the log. */
  static boolean hasEnded(ApplicationRecord copy) {
    return copy.summary().features().get("ended") > 0;
  }

  /** The lines of which something was understood. */
  static long lines(ApplicationRecord copy) {
    LogCounts counts = copy.counts();
    return counts.lines() - counts.unparsed() - counts.oversized();
  }

  /** Whether nothing is missing in the log as far as it tells, so that no copy of it has more. */
  static boolean isWhole(ApplicationRecord copy) {
    LogCounts counts = copy.counts();
    return hasEnded(copy)
        && !copy.log().incomplete()
        && counts.damage().isEmpty()
        && lines(copy) == counts.lines();
  }
}
