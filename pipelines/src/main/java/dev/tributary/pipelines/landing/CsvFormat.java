package dev.tributary.pipelines.landing;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How CSV files are written.
 *
 * @param header whether a file begins with the names of its columns
 * @param separator between two fields, one ASCII character
 * @param quote around a field, one ASCII character; inside it stands for itself when doubled
 * @param encoding of the text
 * @param multiline whether a quoted field may hold line ends (RFC 4180)
 */
record CsvFormat(boolean header, char separator, char quote, String encoding, boolean multiline)
    implements Serializable {
  private static final String ASCII_PROBE = "a,;\t|\"'\n\r";

  CsvFormat {
    Objects.requireNonNull(encoding);
    if (separator == quote) {
      throw new IllegalArgumentException("separator and quote are both '" + quote + "'");
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
