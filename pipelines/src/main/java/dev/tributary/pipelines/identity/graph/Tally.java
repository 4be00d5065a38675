package dev.tributary.pipelines.identity.graph;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether a set of clusters has more values of a type than a limit allows. With a window: whether
 * more spans than that, each from the first to the last time a value was seen, come within the
 * window of one another. When the windows have cost too much work they are ignored, which is
 * stricter.
 */
final class Tally {
  private final int max;
  private final Spans spans;
  private final long window;
  private final Work work;

  Tally(Limit limit, Spans spans, Work work) {
    this.max = limit.max();
    this.spans = spans;
    this.window =
        limit.window() == null
            ? -1
            : limit.window().toNanos() / ChronoUnit.MICROS.getDuration().toNanos();
    this.work = work;
  }

  boolean counts(int cluster) {
    return spans.present[cluster];
  }

  boolean exceeds(int[] clusters) {
    return exceeding(IntStream.of(clusters).filter(this::counts).toArray());
  }

  /** The same of clusters that all count. */
  boolean exceeding(int[] counted) {
    if (counted.length <= max) {
      return false;
    }
    work.spend(counted.length);
    return window < 0 || work.exhausted() || together(counted) > max;
  }

  /** Whether only the number counts, not which ones. */
  boolean numberOnly() {
    return window < 0 || work.exhausted();
  }

  boolean tooMany(int number) {
    return number > max;
  }

  boolean windowIgnored() {
    return window >= 0 && work.exhausted();
  }

  /** The most spans that one window, placed anywhere, touches. */
  private int together(int[] counted) {
    long[] starts = IntStream.of(counted).mapToLong(i -> minus(spans.from[i], window)).toArray();
    long[] ends = IntStream.of(counted).mapToLong(i -> spans.to[i]).toArray();
    Arrays.sort(starts);
    Arrays.sort(ends);
    int most = 0;
    int ended = 0;
    for (int i = 0; i < starts.length; i++) {
      while (ends[ended] < starts[i]) {
        ended++;
      }
      most = Math.max(most, i + 1 - ended);
    }
    return most;
  }

  /** Saturating, since times are whatever the events say. */
  private static long minus(long time, long window) {
    return time < Long.MIN_VALUE + window ? Long.MIN_VALUE : time - window;
  }
}
