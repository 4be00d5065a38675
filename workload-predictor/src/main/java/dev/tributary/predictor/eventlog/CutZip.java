package dev.tributary.predictor.eventlog;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A zip without its directory. Entries that are opened in their order are read in one pass; for one
 * that lies before the last the pass begins anew, which is bounded. One entry at a time.
 */
final class CutZip implements Closeable {
  /** Bytes that are unpacked again, at most, to come to entries out of their order. */
  static final long MOST_SKIPPED = 4L << 30;

  // What an entry costs besides its bytes.
  private static final int ENTRY_BYTES = 1 << 10;

  private final Path path;
  private final long mostSkipped;
  private final List<ZipEntry> entries = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private ZipInputStream in;
  private int next;
  private boolean again;
  private long skipped;

  /**
   * Lists the entries up to where it was cut.
   *
   * @throws IOException when its bytes cannot be had
   */
  CutZip(Path path, long mostSkipped) throws IOException {
    this.path = path;
    this.mostSkipped = mostSkipped;
    try (ZipInputStream all = fromStart()) {
      for (ZipEntry entry = all.getNextEntry(); entry != null; entry = all.getNextEntry()) {
        places.putIfAbsent(entry.getName(), entries.size());
        entries.add(entry);
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      // Here it was cut. The caller tells of it as damage.
    }
  }

  List<ZipEntry> entries() {
    return entries;
  }

  /**
   * The bytes of an entry, until the next is opened.
   *
   * @throws ZipException when too much would be unpacked again to come to it
   */
  InputStream open(String name) throws IOException {
    int place = places.get(name);
    if (in == null || place < next) {
      again = in != null;
      close();
      in = fromStart();
      next = 0;
    }
    while (next < place) {
      skip();
    }
    advance();
    return new FilterInputStream(in) {
      @Override
      public void close() {
        // The next entry is read from the same stream.
      }
    };
  }

  private void skip() throws IOException {
    if (skipped > mostSkipped) {
      throw new ZipException(
          "more than %d bytes of this cut zip were unpacked again to come to its logs"
              .formatted(mostSkipped));
    }
    advance();
    long bytes = ENTRY_BYTES + in.transferTo(OutputStream.nullOutputStream());
    skipped += again ? bytes : 0;
  }

  private void advance() throws IOException {
    in.getNextEntry();
    next++;
  }

  private ZipInputStream fromStart() throws IOException {
    return new ZipInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
