package dev.tributary.pipelines.landing;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * How the files of a source are read.
 *
 * @param header whether a CSV file begins with the names of its columns
 * @param separator between two CSV fields, one ASCII character
 * @param quote around a CSV field, one ASCII character; inside it stands for itself when doubled
 * @param encoding of CSV text
 * @param multiline whether a quoted CSV field may hold line ends (RFC 4180)
 * @param glob which file names are read, e.g. {@code *.csv}; all when empty
 * @param recursive whether the directories below are read too
 * @param maxFilesPerBatch how many files a batch takes at most
 */
record FileOptions(
    boolean header,
    char separator,
    char quote,
    String encoding,
    boolean multiline,
    Optional<String> glob,
    boolean recursive,
    int maxFilesPerBatch)
    implements Serializable {
  static final int MAX_FILES_PER_BATCH = 200;
  private static final String ASCII_PROBE = "a,;\t|\"'\n\r";

  FileOptions {
    Objects.requireNonNull(encoding);
    if (separator == quote) {
      throw new IllegalArgumentException("separator and quote are both '" + quote + "'");
    }
    if (maxFilesPerBatch < 1) {
      throw new IllegalArgumentException("max_files_per_batch is at least 1");
    }
  }

  Charset charset() {
    return Charset.forName(encoding);
  }

  /** Whether line ends, separators and quotes of a text in this encoding can be found by byte. */
  static boolean isReadable(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return true;
    }
    return charset.canEncode()
        && charset.newEncoder().maxBytesPerChar() == 1
        && new String(ASCII_PROBE.getBytes(charset), StandardCharsets.US_ASCII).equals(ASCII_PROBE);
  }
}
