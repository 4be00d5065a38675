package dev.tributary.pipelines.identity.graph;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether a set of clusters has more values of a type than a limit allows. With a window: whether
 * more spans than that, each from the first to the last time a value was seen, come within the
 * window of one another. When the windows have cost too much work they are ignored, which is
 * stricter.
 */
final class Tally {
  private static final long LONGEST_SECONDS = 1_000_000_000_000L;

  private final int max;
  private final Spans spans;
  private final long window;
  private final long steps;
  private Work work;
  private boolean windowIgnored;

  Tally(Limit limit, Spans spans, long steps) {
    this.max = limit.max();
    this.spans = spans;
    this.window = limit.window() == null ? -1 : micros(limit.window());
    this.steps = steps;
    this.work = new Work(steps);
  }

  private static long micros(Duration window) {
    long seconds = Math.min(window.toSeconds(), LONGEST_SECONDS);
    return seconds * 1_000_000 + window.getNano() / 1_000;
  }

  /** Every piece has its own bound, so that what becomes of it depends on nothing else. */
  void begin() {
    work = new Work(steps);
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
    windowIgnored |= window >= 0 && work.exhausted();
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
    return windowIgnored;
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
