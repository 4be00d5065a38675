package dev.tributary.pipelines.identity.components;

import java.util.Iterator;
import java.util.Queue;

/**
 * A table from 64-bit numbers to 64-bit numbers, by open addressing: 16 bytes a slot at a load of
 * at most two thirds. What is not in it stands for itself.
 */
public final class LongTable {
  private static final int FIRST_CAPACITY = 1 << 8;

  private long[] entries = new long[2 * FIRST_CAPACITY];
  private int size;
  // Another one for each capacity. Else the keys of one table, put one by one into another that is
  // still smaller, would fill its front first, and be searched for from there to the end.
  private long salt = salt();
  // A slot whose key is 0 is free; the key 0 has a place of its own.
  private boolean hasZero;
  private long zeroValue;

  /** The table of all pairs; of two with one key either is taken. */
  static LongTable of(Iterator<long[]> pairs) {
    LongTable table = new LongTable();
    pairs.forEachRemaining(table::putAll);
    return table;
  }

  private void putAll(long[] pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      put(pairs[i], pairs[i + 1]);
    }
  }

  /** How many keys there are. */
  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  /** The value of a key, or the key itself. */
  public long get(long key) {
    if (key == 0) {
      return hasZero ? zeroValue : 0;
    }
    int slot = slot(key);
    return entries[slot] == 0 ? key : entries[slot + 1];
  }

  /** Whether a key is there. */
  public boolean contains(long key) {
    return key == 0 ? hasZero : entries[slot(key)] != 0;
  }

  /** Adds a key as its own value; false when it was there. */
  public boolean add(long key) {
    int before = size();
    keepFirst(key, key, null);
    return size() > before;
  }

  /** Gives a key a value, in place of the one that it had. */
  public void put(long key, long value) {
    keepFirst(key, value, null);
  }

  /** Keeps, of a key's values, the first in the order; without an order the last one put. */
  void keepFirst(long key, long value, VertexOrder order) {
    if (key == 0) {
      if (!hasZero || order == null || order.rank(value) < order.rank(zeroValue)) {
        zeroValue = value;
      }
      hasZero = true;
      return;
    }
    int slot = slot(key);
    if (entries[slot] == 0) {
      entries[slot] = key;
      entries[slot + 1] = value;
      size++;
      if (3L * size > entries.length) {
        grow();
      }
    } else if (order == null || order.rank(value) < order.rank(entries[slot + 1])) {
      entries[slot + 1] = value;
    }
  }

  /** The slot of a key: where it is, or the free one where it would be. */
  private int slot(long key) {
    int mask = entries.length - 1;
    int slot = ((int) VertexOrder.mix(key ^ salt) << 1) & mask;
    while (entries[slot] != 0 && entries[slot] != key) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] old = entries;
    entries = new long[Math.multiplyExact(2, old.length)];
    salt = salt();
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        int slot = slot(old[i]);
        entries[slot] = old[i];
        entries[slot + 1] = old[i + 1];
      }
    }
  }

  /** The entries as chunks of pairs. */
  Iterator<long[]> pairs() {
    Cursor cursor = cursor();
    return new Produced<>() {
      @Override
      boolean step(Queue<long[]> ready) {
        Chunks chunks = new Chunks(ready);
        while (cursor.next()) {
          chunks.addPair(cursor.key(), cursor.value());
          if (!ready.isEmpty()) {
            return true;
          }
        }
        chunks.flush();
        return false;
      }
    };
  }

  private long salt() {
    return VertexOrder.mix(entries.length);
  }

  /** Reads the entries one after the other. */
  public Cursor cursor() {
    return new Cursor();
  }

  /** A place in the table; {@link #next} before the first entry. */
  public final class Cursor {
    private int at = -4;

    /** Goes to the next entry; false when there is none. */
    public boolean next() {
      if (at == -4) {
        at = -2;
        if (hasZero) {
          return true;
        }
      }
      do {
        at += 2;
      } while (at < entries.length && entries[at] == 0);
      return at < entries.length;
    }

    public long key() {
      return at < 0 ? 0 : entries[at];
    }

    public long value() {
      return at < 0 ? zeroValue : entries[at + 1];
    }
  }
}
