package dev.tributary.pipelines.landing;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The message ids that one log partition delivered within the horizon, as 128 bits of SHA-256 each:
 * a hash set with open addressing and linear probing, 20 bytes a slot, at most two thirds full
 * (about 40 bytes an id while growing, 30 at rest). Two different ids fall together with a
 * probability below 10⁻²⁰ at 10⁹ ids; the hash is cryptographic because ids come from outside. Not
 * thread-safe: a partition is read by one task at a time.
 *
 * <p>Ids are remembered and forgotten by the batch. What is known at the start of a batch follows
 * from the batches before it alone, so an index that is rebuilt from the tables after a restart
 * decides as the one that was lost would have. A batch is as old as the latest record up to it,
 * since producers' clocks stamp most topics.
 */
final class IdIndex {
  private static final int INITIAL_SLOTS = 1 << 12;

  private final MessageDigest sha256 = digest();
  private final byte[] hash = new byte[32];
  private byte[] scratch = new byte[256];
  private long[] high = new long[INITIAL_SLOTS];
  private long[] low = new long[INITIAL_SLOTS];
  private int[] batchOf = new int[INITIAL_SLOTS];
  private int size;

  /** Batch → latest record time up to it, microseconds, and number of ids; both from 0 on. */
  private long[] until = new long[16];

  private int[] ids = new int[16];
  private int batches;

  /** Ids of batches below it are forgotten. */
  private int oldest;

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
    return 20L * high.length + 12L * until.length;
  }

  /**
   * Begins a batch: forgets the batches that ended before the horizon, and the oldest while there
   * are too many ids, but for the last.
   *
   * @param horizonMicros how long an id is remembered, by the log's time
   * @param maxIds the greatest number of ids before this batch
   */
  void begin(long horizonMicros, int maxIds) {
    int last = batches - 1;
    long remembered = 0;
    for (int batch = oldest; batch <= last; batch++) {
      remembered += ids[batch];
    }
    while (oldest < last && (until[oldest] < until[last] - horizonMicros || remembered > maxIds)) {
      remembered -= ids[oldest++];
    }
    if (remembered < size - size / 4) {
      forget(remembered);
    }
    past(Long.MIN_VALUE);
  }

  /** Ends a batch with the latest record time that its partition had in it. */
  void end(long timeMicros) {
    until[batches - 1] = Math.max(until[batches - 1], timeMicros);
  }

  /**
   * Adds a batch of the past, in their order.
   *
   * @return its number, for {@link #restore}
   */
  int past(long timeMicros) {
    if (batches == until.length) {
      until = Arrays.copyOf(until, 2 * batches);
      ids = Arrays.copyOf(ids, 2 * batches);
    }
    until[batches] = batches == 0 ? timeMicros : Math.max(until[batches - 1], timeMicros);
    ids[batches] = 0;
    return batches++;
  }

  /**
   * Remembers an id that the batch delivered.
   *
   * @return false when the id is known already: the record is a redelivery
   */
  boolean add(String id) {
    if (batches == 0) {
      past(Long.MIN_VALUE);
    }
    return restore(id, batches - 1);
  }

  /** Remembers an id that a batch of the past delivered. */
  boolean restore(String id, int batch) {
    hash(id);
    if (!insert(foundHigh, foundLow, batch)) {
      return false;
    }
    ids[batch]++;
    if (size * 3L > high.length * 2L) {
      rehash(high.length * 2);
    }
    return true;
  }

  /** Makes the table and the list of batches as small as what is remembered allows. */
  private void forget(long remembered) {
    int slots = INITIAL_SLOTS;
    while (remembered * 2L > slots) {
      slots *= 2;
    }
    rehash(slots);
    System.arraycopy(until, oldest, until, 0, batches - oldest);
    System.arraycopy(ids, oldest, ids, 0, batches - oldest);
    for (int slot = 0; slot < slots; slot++) {
      batchOf[slot] -= oldest; // free slots are told by their hash
    }
    batches -= oldest;
    oldest = 0;
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

  private boolean insert(long h, long l, int batch) {
    int mask = high.length - 1;
    int slot = (int) l & mask;
    while ((high[slot] | low[slot]) != 0) {
      if (high[slot] == h && low[slot] == l) {
        boolean forgotten = batchOf[slot] < oldest;
        if (forgotten) {
          batchOf[slot] = batch;
        }
        return forgotten;
      }
      slot = slot + 1 & mask;
    }
    high[slot] = h;
    low[slot] = l;
    batchOf[slot] = batch;
    size++;
    return true;
  }

  private void rehash(int slots) {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldBatch = batchOf;
    high = new long[slots];
    low = new long[slots];
    batchOf = new int[slots];
    size = 0;
    for (int i = 0; i < oldHigh.length; i++) {
      if ((oldHigh[i] | oldLow[i]) != 0 && oldBatch[i] >= oldest) {
        insert(oldHigh[i], oldLow[i], oldBatch[i]);
      }
    }
  }
}
