package dev.tributary.pipelines.identity;

/**
 * Small numbers as Parquet packs them: runs of one value and runs of values of a few bits each
 * (Apache Parquet, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid"). Runs that are passed
 * over are not unpacked.
 */
final class HybridRuns {
  private final byte[] bytes;
  private final int width;
  private final int mask;

  private int at;
  private int left;
  private boolean packed;
  private int value;
  private int packedAt;
  private int packedIndex;

  /**
   * @param from where the first run begins
   * @param width bits of a number, 0 to 32
   */
  HybridRuns(byte[] bytes, int from, int width) {
    this.bytes = bytes;
    this.at = from;
    this.width = width;
    this.mask = width == Integer.SIZE ? -1 : (1 << width) - 1;
  }

  /** Passes over some numbers. */
  void skip(long some) {
    for (long still = some; still > 0; ) {
      int now = (int) Math.min(still, run());
      left -= now;
      packedIndex += now;
      still -= now;
    }
  }

  /** The next number. */
  int next() {
    run();
    left--;
    return packed ? unpacked(packedIndex++) : value;
  }

  /** How many of the next numbers are a given one. */
  long count(long some, int wanted) {
    long count = 0;
    for (long still = some; still > 0; ) {
      int now = (int) Math.min(still, run());
      if (packed) {
        for (int i = 0; i < now; i++) {
          count += unpacked(packedIndex++) == wanted ? 1 : 0;
        }
      } else if (value == wanted) {
        count += now;
      }
      left -= now;
      still -= now;
    }
    return count;
  }

  /** Sees to it that a run has begun, and tells what is left of it. */
  private int run() {
    while (left == 0) {
      int header = varint();
      packed = (header & 1) == 1;
      if (packed) {
        left = (header >>> 1) * 8;
        packedAt = at;
        packedIndex = 0;
        at += (header >>> 1) * width;
      } else {
        left = header >>> 1;
        value = (int) littleEndian(at, (width + 7) / 8);
        at += (width + 7) / 8;
      }
    }
    return left;
  }

  private int varint() {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      number |= (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  private int unpacked(int index) {
    long bit = (long) index * width;
    int from = packedAt + (int) (bit >>> 3);
    long word =
        from + Long.BYTES <= bytes.length
            ? (long) FlatColumn.LONG.get(bytes, from)
            : littleEndian(from, Math.min(Long.BYTES, bytes.length - from));
    return (int) (word >>> (bit & 7)) & mask;
  }

  private long littleEndian(int from, int count) {
    long number = 0;
    for (int i = count - 1; i >= 0; i--) {
      number = number << 8 | bytes[from + i] & 0xFF;
    }
    return number;
  }
}
