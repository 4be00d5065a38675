package dev.tributary.predictor.eventlog;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Remembers that the bytes themselves could not be had, which is another failure than bytes that
 * cannot be unpacked: the first is tried again, the second is how the log is.
 */
final class WatchedStream extends FilterInputStream {
  private IOException failure;

  WatchedStream(InputStream in) {
    super(in);
  }

  /** Throws what the stream threw, if it did. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return super.read(into, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
