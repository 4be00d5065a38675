package dev.tributary.pipelines.bench;

import dev.tributary.pipelines.bench.Template.Fault;
import dev.tributary.pipelines.bench.Template.Hole;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * The benchmark's events: twelve types in equal shares, keyed by one of {@link #DEVICES} devices, 1
 * % delivered twice (the same bytes with the same key, within the next 4,096), 0.1 % broken. Equal
 * seeds give equal events. For one thread.
 */
final class LoadSource {

  /** How many devices send. */
  static final int DEVICES = 200_000;

  private static final int RECENT = 4_096;
  private static final int TEMPLATES = 64;
  private static final int DUPLICATES_PER_MILLE = 10;
  private static final int BROKEN_PER_MILLE = 1;
  private static final int YESTERDAY_PER_MILLE = 50;
  private static final long DAY = 86_400_000L;
  private static final Fault[] FAULTS = {
    Fault.TRUNCATED, Fault.MISSING_REQUIRED, Fault.WRONG_TYPE, Fault.UNKNOWN_EVENT
  };

  private final long seed;
  private final long dayStart;
  private final SplittableRandom random;
  private final Ascii ascii = new Ascii();
  private final Template[] valid = new Template[BenchEvent.ALL.size() * TEMPLATES];
  private final Template[] broken = new Template[BenchEvent.ALL.size() * FAULTS.length];
  private final byte[][] recentKeys = new byte[RECENT][];
  private final byte[][] recentValues = new byte[RECENT][];
  private long unique;
  private long duplicates;
  private long brokenCount;
  private long device;
  private long timestamp;
  private long sentAt;
  private byte[] key;
  private byte[] value;

  /**
   * @param day the day of 95 % of the events; the others are of the day before
   */
  LoadSource(long seed, LocalDate day) {
    this.seed = seed;
    this.dayStart = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    this.random = new SplittableRandom(seed);
    SplittableRandom texts = new SplittableRandom(seed + 1);
    for (int i = 0; i < valid.length; i++) {
      valid[i] = new Template(BenchEvent.ALL.get(i / TEMPLATES), Fault.NONE, texts);
    }
    for (int i = 0; i < broken.length; i++) {
      Fault fault = FAULTS[i % FAULTS.length];
      broken[i] = new Template(BenchEvent.ALL.get(i / FAULTS.length), fault, texts);
    }
  }

  /** Makes the next delivery with a random time of the day. */
  void next() {
    long start = random.nextInt(1_000) < YESTERDAY_PER_MILLE ? dayStart - DAY : dayStart;
    next(start + random.nextLong(DAY - 10_000), random.nextInt(2_000));
  }

  /** Makes the next delivery, of an event at this time. */
  void nextAt(long epochMillis) {
    next(epochMillis, 0);
  }

  private void next(long time, int delay) {
    int dice = random.nextInt(1_000);
    if (dice < DUPLICATES_PER_MILLE && unique > 0) {
      int again = random.nextInt((int) Math.min(unique, RECENT));
      key = recentKeys[again];
      value = recentValues[again];
      duplicates++;
      return;
    }
    timestamp = time;
    sentAt = time + delay;
    device = random.nextInt(DEVICES);
    key = new byte[Ascii.UUID_LENGTH];
    write(Hole.ANONYMOUS_ID, key, 0);
    if (dice < DUPLICATES_PER_MILLE + BROKEN_PER_MILLE) {
      value = broken[random.nextInt(broken.length)].fill(this);
      brokenCount++;
      return;
    }
    value = valid[random.nextInt(valid.length)].fill(this);
    int slot = (int) (unique % RECENT);
    recentKeys[slot] = key;
    recentValues[slot] = value;
    unique++;
  }

  /** The key of the delivery made last. */
  byte[] key() {
    return key;
  }

  /** The value of the delivery made last. */
  byte[] value() {
    return value;
  }

  /** When the delivery made last is received, in ms since the epoch. */
  long receivedAt() {
    return sentAt;
  }

  long unique() {
    return unique;
  }

  long duplicates() {
    return duplicates;
  }

  long broken() {
    return brokenCount;
  }

  void write(Hole hole, byte[] to, int at) {
    switch (hole) {
      case MESSAGE_ID -> Ascii.uuid(to, at, random.nextLong(), random.nextLong());
      case ANONYMOUS_ID -> Ascii.uuid(to, at, mix(device), mix(device + DEVICES));
      case USER_ID -> {
        to[at] = 'u';
        Ascii.decimal(to, at + 1, device, hole.width - 1);
      }
      case TIMESTAMP -> ascii.time(to, at, timestamp);
      case SENT_AT -> ascii.time(to, at, sentAt);
      case ID -> Ascii.hex(to, at, random.nextLong(), hole.width);
      case COUNT -> Ascii.decimal(to, at, random.nextInt(1, 10), 1);
      case MONEY -> {
        int cents = random.nextInt(10_000, 100_000);
        Ascii.decimal(to, at, cents / 100, 3);
        to[at + 3] = '.';
        Ascii.decimal(to, at + 4, cents % 100, 2);
      }
      case SCORE -> {
        to[at] = '0';
        to[at + 1] = '.';
        Ascii.decimal(to, at + 2, random.nextInt(100_000, 1_000_000), 6);
      }
    }
  }

  /** The finaliser of MurmurHash3: equal devices have equal ids. */
  private long mix(long value) {
    long mixed = value + seed;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
