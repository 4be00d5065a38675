package dev.tributary.pipelines.landing;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The message ids that one log partition delivered within the horizon, as 128 bits of SHA-256 each:
 * a hash set with open addressing and linear probing, 20 bytes a slot, at most two thirds full
 * (about 40 bytes an id while growing, 30 at rest). Two different ids fall together with a
 * probability below 10⁻²⁰ at 10⁹ ids; the hash is cryptographic because ids come from outside. Not
 * thread-safe: a partition is read by one task at a time.
 */
final class IdIndex {
  private static final int INITIAL_SLOTS = 1 << 12;

  /** Seconds are counted from 2020-01-01, so that an int lasts until 2088. */
  private static final long EPOCH_2020 = 1_577_836_800L;

  private final MessageDigest sha256 = digest();
  private final byte[] hash = new byte[32];
  private byte[] scratch = new byte[256];
  private long[] high = new long[INITIAL_SLOTS];
  private long[] low = new long[INITIAL_SLOTS];
  private int[] seconds = new int[INITIAL_SLOTS];
  private int size;
  private int newest;
  private long foundHigh;
  private long foundLow;

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  int size() {
    return size;
  }

  /** Bytes of heap held. */
  long bytes() {
    return 20L * high.length;
  }

  /**
   * Remembers an id.
   *
   * @param timeMicros the log's time of the record
   * @return false when the id is known already: the record is a redelivery
   */
  boolean add(String id, long timeMicros) {
    hash(id);
    // Producers' clocks stamp most topics: an id is as old as the latest record before it.
    if (!insert(foundHigh, foundLow, Math.max(newest, second(timeMicros)))) {
      return false;
    }
    if (size * 3L > high.length * 2L) {
      rehash(high.length * 2, 0);
    }
    return true;
  }

  private static int second(long timeMicros) {
    long seconds = Math.floorDiv(timeMicros, 1_000_000L) - EPOCH_2020;
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, seconds));
  }

  /** Forgets what is older than the horizon, and the oldest beyond the greatest number of ids. */
  void expire(int horizonSeconds, int maxIds) {
    if (size == 0) {
      return;
    }
    int cutoff = (int) Math.max(0L, (long) newest - horizonSeconds);
    int kept = countFrom(cutoff);
    while (kept > maxIds && cutoff < newest) {
      cutoff = cutoff + Math.max(1, (newest - cutoff) / 8);
      kept = countFrom(cutoff);
    }
    if (kept < size - size / 4) {
      int slots = INITIAL_SLOTS;
      while (kept * 2L > slots) {
        slots *= 2;
      }
      rehash(slots, cutoff);
    }
  }

  private int countFrom(int cutoff) {
    int count = 0;
    for (int i = 0; i < seconds.length; i++) {
      if ((high[i] | low[i]) != 0 && seconds[i] >= cutoff) {
        count++;
      }
    }
    return count;
  }

  private void hash(String id) {
    int length = id.length();
    if (scratch.length < length * 3) {
      scratch = new byte[length * 3];
    }
    int bytes = 0;
    boolean ascii = true;
    for (int i = 0; i < length; i++) {
      char c = id.charAt(i);
      if (c >= 0x80) {
        ascii = false;
        break;
      }
      scratch[bytes++] = (byte) c;
    }
    try {
      if (ascii) {
        sha256.update(scratch, 0, bytes);
      } else {
        sha256.update(id.getBytes(StandardCharsets.UTF_8));
      }
      sha256.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 has 32 bytes", e);
    }
    foundHigh = word(0);
    foundLow = word(8);
    if ((foundHigh | foundLow) == 0) {
      foundLow = 1; // all zeroes marks a free slot
    }
  }

  private long word(int at) {
    long value = 0;
    for (int i = at; i < at + 8; i++) {
      value = value << 8 | hash[i] & 0xff;
    }
    return value;
  }

  private boolean insert(long h, long l, int second) {
    int mask = high.length - 1;
    int slot = (int) l & mask;
    while ((high[slot] | low[slot]) != 0) {
      if (high[slot] == h && low[slot] == l) {
        return false;
      }
      slot = slot + 1 & mask;
    }
    high[slot] = h;
    low[slot] = l;
    seconds[slot] = second;
    newest = Math.max(newest, second);
    size++;
    return true;
  }

  private void rehash(int slots, int cutoff) {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldSeconds = seconds;
    high = new long[slots];
    low = new long[slots];
    seconds = new int[slots];
    size = 0;
    for (int i = 0; i < oldHigh.length; i++) {
      if ((oldHigh[i] | oldLow[i]) != 0 && oldSeconds[i] >= cutoff) {
        insert(oldHigh[i], oldLow[i], oldSeconds[i]);
      }
    }
  }
}
