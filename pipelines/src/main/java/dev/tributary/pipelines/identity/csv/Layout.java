package dev.tributary.pipelines.identity.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a table in a file is written, told by reading it once.
 *
 * @param delimiter what stands most often in its first line outside of quotes; a comma without any
 * @param openQuote the line, from 1 on, of a quote that nothing closes; 0 for none
 */
record Layout(Charset charset, char delimiter, long openQuote) {
  private static final String DELIMITERS = ",;\t|";
  private static final int BIG_ENDIAN = 0xFEFF;
  private static final int LITTLE_ENDIAN = 0xFFFE;

  static Layout of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      int mark = in.read() << 8 | in.read();
      if (mark == BIG_ENDIAN || mark == LITTLE_ENDIAN) {
        return read(file, StandardCharsets.UTF_16);
      }
    }
    try {
      return read(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return read(file, StandardCharsets.ISO_8859_1);
    }
  }

  private static Layout read(Path file, Charset charset) throws IOException {
    char delimiter = delimiter(file, charset);
    Quotes quotes = new Quotes(delimiter);
    try (Reader reader = reader(file, charset)) {
      char[] buffer = new char[1 << 16];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        for (int i = 0; i < n; i++) {
          quotes.next(buffer[i]);
        }
      }
    }
    return new Layout(charset, delimiter, quotes.open());
  }

  private static char delimiter(Path file, Charset charset) throws IOException {
    int[] found = new int[DELIMITERS.length()];
    boolean quoted = false;
    boolean begun = false;
    try (Reader reader = new java.io.BufferedReader(reader(file, charset))) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if ((c == '\n' || c == '\r') && begun && !quoted) {
          break;
        }
        begun |= !Character.isWhitespace(c) && c != BIG_ENDIAN;
        quoted ^= c == '"';
        int at = quoted ? -1 : DELIMITERS.indexOf(c);
        if (at >= 0) {
          found[at]++;
        }
      }
    }
    int most = 0;
    for (int i = 1; i < found.length; i++) {
      most = found[i] > found[most] ? i : most;
    }
    return DELIMITERS.charAt(most);
  }

  private static Reader reader(Path file, Charset charset) throws IOException {
    return new InputStreamReader(Files.newInputStream(file), charset.newDecoder());
  }
}
