package dev.tributary.predictor.eventlog;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a stream into lines inside one array, which grows for a long line up to 64 MiB and no
 * further: of a longer one only the beginning is kept, the rest is read and dropped.
 */
final class LineBuffer {
  static final int USUAL_BYTES = 1 << 20;
  static final int LARGEST_BYTES = 64 << 20;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long FEEDS = ONES * '\n';

  private final int largest;
  private byte[] bytes = new byte[USUAL_BYTES + JsonScanner.SLACK];
  private InputStream in;
  private int filled;
  private int next;
  private int from;
  private int to;
  private long length;
  private boolean cut;
  private boolean exhausted;

  LineBuffer() {
    this(LARGEST_BYTES);
  }

  LineBuffer(int largest) {
    this.largest = largest;
  }

  /** Starts on another stream; a large array is given back. */
  void reset(InputStream stream) {
    in = stream;
    filled = 0;
    next = 0;
    exhausted = false;
    if (bytes.length > 4 * USUAL_BYTES) {
      bytes = new byte[USUAL_BYTES + JsonScanner.SLACK];
    }
  }

  /** Whether {@code word} is in what comes next, as far as one reading of the stream goes. */
  boolean peek(byte[] word) throws IOException {
    while (filled < USUAL_BYTES && !exhausted) {
      fill();
    }
    for (int p = 0; p + word.length <= filled; p++) {
      if (bytes[p] == word[0] && Arrays.equals(bytes, p, p + word.length, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the stream; the last line needs no line feed
   */
  boolean next() throws IOException {
    from = next;
    cut = false;
    int feed = find(from);
    while (feed < 0 && !exhausted) {
      int scanned = filled - from;
      makeRoom();
      if (cut) {
        return true;
      }
      fill();
      feed = find(from + scanned);
    }
    if (feed < 0 && from == filled) {
      return false;
    }
    to = feed < 0 ? filled : feed;
    length = to - from + (feed < 0 ? 0 : 1);
    next = feed < 0 ? filled : feed + 1;
    if (feed < 0) {
      bytes[filled] = '\n';
    }
    if (to > from && bytes[to - 1] == '\r') {
      bytes[--to] = '\n';
    }
    return true;
  }

  /** Reads no further: what is in the buffer is all there is. */
  void stop() {
    exhausted = true;
  }

  /**
   * Takes the stream for ended, after it failed: what is in the buffer is still given out.
   *
   * @return as {@link #next()}
   */
  boolean endHere() throws IOException {
    exhausted = true;
    next = from;
    return next();
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Bytes of the line with its end, also where it was cut. */
  long length() {
    return length;
  }

  /** Whether only the beginning of the line is here. */
  boolean isCut() {
    return cut;
  }

  private void fill() throws IOException {
    int read = in.read(bytes, filled, bytes.length - JsonScanner.SLACK - filled);
    if (read < 0) {
      exhausted = true;
    } else {
      filled += read;
    }
  }

  /** Makes place behind what is filled: by moving, by growing, or by cutting the line. */
  private void makeRoom() throws IOException {
    int room = bytes.length - JsonScanner.SLACK;
    if (filled < room) {
      return;
    }
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, filled - from);
      filled -= from;
      from = 0;
    } else if (room >= largest) {
      drop();
    } else {
      bytes = Arrays.copyOf(bytes, room * 2 + JsonScanner.SLACK);
    }
  }

  /** Reads on to the end of the line without keeping it. */
  private void drop() throws IOException {
    int kept = Math.min(filled, USUAL_BYTES / 2);
    length = filled;
    filled = kept;
    int feed = -1;
    while (feed < 0 && !exhausted) {
      filled = kept;
      fill();
      feed = find(kept);
      length += (feed < 0 ? filled : feed + 1) - kept;
    }
    to = kept;
    next = feed < 0 ? filled : feed + 1;
    cut = true;
  }

  private int find(int start) {
    byte[] b = bytes;
    int p = start;
    while (p < filled) {
      long word = (long) LONGS.get(b, p) ^ FEEDS;
      long found = (word - ONES) & ~word & HIGHS;
      if (found != 0) {
        p += Long.numberOfTrailingZeros(found) >>> 3;
        return p < filled ? p : -1;
      }
      p += 8;
    }
    return -1;
  }
}
