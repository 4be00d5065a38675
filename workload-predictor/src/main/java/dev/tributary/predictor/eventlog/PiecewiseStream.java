package dev.tributary.predictor.eventlog;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A buffer that hands on every piece as it comes. It never asks twice in one call, so what came
 * before a failure is handed out before it; {@link java.io.BufferedInputStream} loses that.
 */
final class PiecewiseStream extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final int most;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int filled;
  private boolean ended;
  private Exception failure;

  /**
   * @param most bytes that are asked for at a time, at least 1
   */
  PiecewiseStream(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /** The bytes that come next, which stay where they are: fewer before the end or a failure. */
  byte[] peek(int bytes) {
    while (filled - next < bytes && !ended && failure == null) {
      fill();
    }
    return Arrays.copyOfRange(buffer, next, Math.min(filled, next + bytes));
  }

  @Override
  public int read() throws IOException {
    return isReady() ? buffer[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length >= BUFFER && next == filled && !ended && failure == null) {
      int read = in.read(into, offset, Math.min(length, most));
      ended = read < 0;
      return read;
    }
    if (length == 0) {
      return 0;
    }
    if (!isReady()) {
      return -1;
    }
    int read = Math.min(length, filled - next);
    System.arraycopy(buffer, next, into, offset, read);
    next += read;
    return read;
  }

  /** Bytes that can be had without a failure, at least 1 before the end: waits for them. */
  @Override
  public int available() {
    if (next == filled && !ended && failure == null) {
      fill();
    }
    return filled - next;
  }

  /** Never fails: whoever closes has read all that he wanted. */
  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // What was read is right all the same.
    }
  }

  private boolean isReady() throws IOException {
    if (available() > 0) {
      return true;
    }
    if (failure instanceof IOException known) {
      throw known;
    }
    if (failure instanceof RuntimeException known) {
      throw known;
    }
    return false;
  }

  /** Adds a piece; the failure is kept until what is here has been handed out. */
  private void fill() {
    if (next == filled) {
      next = 0;
      filled = 0;
    }
    try {
      int read = in.read(buffer, filled, Math.min(buffer.length - filled, most));
      ended = read < 0;
      filled += Math.max(0, read);
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }
}
