package dev.tributary.predictor.feature;

import java.util.Arrays;

/**
 * The distribution of durations in bounded memory: a log-linear histogram (as HdrHistogram's) with
 * 64 buckets for each power of two. Quantiles are within 0.8 % of the truth, and exact below 128
 * ms; the order of arrival does not matter. At most 20 KB.
 */
final class TaskTimes {
  private static final int BITS = 6;
  private static final int LINEAR = 1 << (BITS + 1);

  private int[] counts = new int[LINEAR];
  private long count;
  private long sum;
  private long max;

  /** Adds a duration; a negative one, from a clock that went back, counts as none. */
  void add(long millis) {
    long value = Math.max(0, millis);
    int bucket = bucket(value);
    if (bucket >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(bucket + 1, counts.length * 2));
    }
    counts[bucket]++;
    count++;
    sum += value;
    max = Math.max(max, value);
  }

  long count() {
    return count;
  }

  /** Sum, ms. */
  long sum() {
    return sum;
  }

  /** Greatest, ms; 0 when there is none. */
  long max() {
    return max;
  }

  /**
   * The value that a share of all does not exceed, ms.
   *
   * @param share 0 to 1
   */
  double quantile(double share) {
    if (count == 0) {
      return 0;
    }
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return Math.min(middle(bucket), max);
      }
    }
    return max;
  }

  private static int bucket(long value) {
    if (value < LINEAR) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - BITS;
    return (shift << BITS) + (int) (value >>> shift);
  }

  private static double middle(int bucket) {
    if (bucket < LINEAR) {
      return bucket;
    }
    int shift = (bucket >> BITS) - 1;
    long low = (long) ((bucket & ((1 << BITS) - 1)) + (1 << BITS)) << shift;
    return low + ((1L << shift) - 1) / 2.0;
  }
}
