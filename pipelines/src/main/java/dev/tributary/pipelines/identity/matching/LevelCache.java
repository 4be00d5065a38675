package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;

/**
 * Remembers the level of pairs of dictionary values, as most pairs of values are met many times.
 * One a thread and attribute; begins anew when it is full, so that it is bounded: 36 MB.
 */
final class LevelCache {
  private static final int LARGEST = 1 << 22;
  private static final long FREE = -1;

  private long[] keys = new long[1 << 10];
  private byte[] levels = new byte[1 << 10];
  private int size;

  /** Scratch for the words of two records. */
  final byte[] matrix = new byte[NameAttribute.MAX_WORDS * NameAttribute.MAX_WORDS];

  LevelCache() {
    Arrays.fill(keys, FREE);
  }

  /** The level of two values, -1 when it is not known; both numbers are 0 or more. */
  int get(int left, int right) {
    long key = key(left, right);
    int at = slot(key);
    return keys[at] == key ? levels[at] : -1;
  }

  void put(int left, int right, int level) {
    if (size * 2 >= keys.length) {
      grow();
    }
    long key = key(left, right);
    int at = slot(key);
    keys[at] = key;
    levels[at] = (byte) level;
    size++;
  }

  private static long key(int left, int right) {
    return left < right ? (long) left << 32 | right : (long) right << 32 | left;
  }

  private int slot(long key) {
    int at = (int) Text.mix(key) & keys.length - 1;
    while (keys[at] != FREE && keys[at] != key) {
      at = at + 1 & keys.length - 1;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    byte[] oldLevels = levels;
    boolean full = keys.length >= LARGEST;
    int length = full ? 1 << 10 : keys.length * 2;
    keys = new long[length];
    levels = new byte[length];
    Arrays.fill(keys, FREE);
    size = 0;
    for (int i = 0; !full && i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int at = slot(oldKeys[i]);
        keys[at] = oldKeys[i];
        levels[at] = oldLevels[i];
        size++;
      }
    }
  }
}
