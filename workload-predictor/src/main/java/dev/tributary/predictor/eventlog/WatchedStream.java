package dev.tributary.predictor.eventlog;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Remembers that the bytes themselves could not be had, which is another failure than bytes that
 * cannot be unpacked: the first is tried again, the second is how the log is.
 */
final class WatchedStream extends FilterInputStream {
  private final boolean zipped;
  private IOException failure;

  WatchedStream(InputStream in) {
    this(in, false);
  }

  private WatchedStream(InputStream in, boolean zipped) {
    super(in);
    this.zipped = zipped;
  }

  /** Over an entry of a zip, whose bytes are unpacked already. */
  static WatchedStream ofEntry(InputStream in) {
    return new WatchedStream(in, true);
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
      remember(e);
      throw e;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return super.read(into, offset, zipped ? Math.min(length, Codec.STEP) : length);
    } catch (IOException e) {
      remember(e);
      throw e;
    }
  }

  private void remember(IOException error) {
    if (!zipped || !(error instanceof ZipException || error instanceof EOFException)) {
      failure = error;
    }
  }
}
