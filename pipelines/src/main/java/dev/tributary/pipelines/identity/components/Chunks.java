package dev.tributary.pipelines.identity.components;

import java.util.Arrays;
import java.util.Queue;

/**
 * Collects numbers into arrays of a bounded length. Pairs of vertices travel in such chunks, one
 * after the other in one array: a record of Spark for some thousands of them.
 */
final class Chunks {
  /** Length of a full chunk: 64 KiB; even, so that pairs are never torn. */
  static final int LENGTH = 1 << 13;

  private final Queue<long[]> full;
  private final long[] open = new long[LENGTH];
  private int length;

  Chunks(Queue<long[]> full) {
    this.full = full;
  }

  /** Adds a pair, and hands the chunk out when that fills it. */
  void addPair(long left, long right) {
    open[length] = left;
    open[length + 1] = right;
    length += 2;
    if (length == LENGTH) {
      flush();
    }
  }

  /** Hands out the last, shorter one. */
  void flush() {
    if (length > 0) {
      full.add(Arrays.copyOf(open, length));
      length = 0;
    }
  }
}
