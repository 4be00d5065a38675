package dev.tributary.pipelines.identity;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Numbers to be looked for among many more, nearly all of which are not in the set: most are told
 * by one bit of an array that fits a processor's cache.
 */
final class KeySet implements Serializable {
  private static final long serialVersionUID = 1;

  /** Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final int BITS_A_KEY = 32;
  private static final int SLOTS_A_KEY = 2;

  private final int count;
  private final long[] bits;
  private final int bitShift;
  private final long[] slots;
  private final int slotShift;

  /** Whether 0, which marks a free slot, is one of the keys. */
  private boolean zero;

  /**
   * @param keys in any order, also twice
   */
  KeySet(long[] keys) {
    count = keys.length;
    long most = Math.max(64, keys.length);
    bits = new long[(int) powerOfTwo(most * BITS_A_KEY / Long.SIZE)];
    bitShift = 64 - Long.numberOfTrailingZeros((long) bits.length << 6);
    slots = new long[(int) powerOfTwo(most * SLOTS_A_KEY)];
    slotShift = 64 - Integer.numberOfTrailingZeros(slots.length);
    for (long key : keys) {
      add(key);
    }
  }

  /** The numbers in a column of few rows, sent to every task once. */
  static Broadcast<KeySet> of(Dataset<Row> column) {
    List<Long> numbers = column.as(Encoders.LONG()).collectAsList();
    KeySet keys = new KeySet(numbers.stream().mapToLong(Long::longValue).toArray());
    return JavaSparkContext.fromSparkContext(column.sparkSession().sparkContext()).broadcast(keys);
  }

  /** The smallest power of two that is not below a number; at most 2^30. */
  private static long powerOfTwo(long least) {
    return Math.min(1L << 30, Long.highestOneBit(2 * least - 1));
  }

  private void add(long key) {
    long bit = (key * SPREAD) >>> bitShift;
    bits[(int) (bit >> 6)] |= 1L << bit;
    if (key == 0) {
      zero = true;
    } else {
      slots[slot(key)] = key;
    }
  }

  /** Where a key is, or the free slot where it would be. */
  private int slot(long key) {
    int slot = (int) ((key * SPREAD) >>> slotShift);
    while (slots[slot] != 0 && slots[slot] != key) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /** How many keys there are at most. */
  int count() {
    return count;
  }

  /** Whether a number is one of the keys. */
  boolean contains(long key) {
    long bit = (key * SPREAD) >>> bitShift;
    return (bits[(int) (bit >> 6)] & 1L << bit) != 0 && holds(key);
  }

  private boolean holds(long key) {
    return key == 0 ? zero : slots[slot(key)] != 0;
  }
}
