package dev.tributary.predictor.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds which of a few known names a range of bytes is, by one probe into a table without
 * collisions: the hash of the length and six bytes is made perfect by searching its multiplier
 * once.
 */
final class KeyTable {
  /** No known name. */
  static final int UNKNOWN = -2;

  private static final int SAMPLED = 28;
  private static final int LARGEST_MULTIPLIER = 1 << 18;

  private final byte[][] slots;
  private final int[] ids;
  private final int multiplier;
  private final int shift;

  private KeyTable(byte[][] slots, int[] ids, int multiplier, int shift) {
    this.slots = slots;
    this.ids = ids;
    this.multiplier = multiplier;
    this.shift = shift;
  }

  /** A table in which the id of a name is its place in the list. */
  static KeyTable of(String... names) {
    List<byte[]> keys =
        Arrays.stream(names).map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
    if (keys.stream().map(key -> sample(key, 0, key.length)).distinct().count() < names.length) {
      throw new IllegalArgumentException("names that cannot be told apart: " + List.of(names));
    }
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, names.length * 4 - 1));
    for (int size = bits; size < 20; size++) {
      for (int multiplier = 0x9E37; multiplier < LARGEST_MULTIPLIER; multiplier += 2) {
        KeyTable table = filled(keys, size, multiplier | 1);
        if (table != null) {
          return table;
        }
      }
    }
    throw new IllegalArgumentException("no multiplier separates " + List.of(names));
  }

  private static KeyTable filled(List<byte[]> keys, int bits, int multiplier) {
    byte[][] slots = new byte[1 << bits][];
    int[] ids = new int[1 << bits];
    KeyTable table = new KeyTable(slots, ids, multiplier, 32 - bits);
    for (int id = 0; id < keys.size(); id++) {
      byte[] key = keys.get(id);
      int slot = table.slot(key, 0, key.length);
      if (slots[slot] != null) {
        return null;
      }
      slots[slot] = key;
      ids[slot] = id;
    }
    return table;
  }

  /** The id of the name in {@code bytes[from, to)}, or {@link #UNKNOWN}. */
  int find(byte[] bytes, int from, int to) {
    if (from >= to) {
      return UNKNOWN;
    }
    int slot = slot(bytes, from, to);
    byte[] key = slots[slot];
    return key != null && Arrays.equals(key, 0, key.length, bytes, from, to) ? ids[slot] : UNKNOWN;
  }

  private int slot(byte[] bytes, int from, int to) {
    return (sample(bytes, from, to) * multiplier) >>> shift;
  }

  /** The length and six of the bytes, mixed; of long names, which are rare, all bytes. */
  private static int sample(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > SAMPLED) {
      int all = length;
      for (int p = from; p < to; p++) {
        all = all * 31 + bytes[p];
      }
      return all;
    }
    int half = length >> 1;
    int quarter = length >> 2;
    int front = (length * 131 + bytes[from]) * 131 + bytes[from + quarter];
    int back = (bytes[from + half] * 131 + bytes[from + half + quarter]) * 131 + bytes[to - 1];
    return front * 0x01000193 + back * 131 + bytes[from + length * 2 / 3];
  }
}
