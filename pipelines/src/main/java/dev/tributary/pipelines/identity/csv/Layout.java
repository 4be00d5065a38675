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
 * @param delimiter a comma, a semicolon, a tab or a bar
 * @param openQuote the line, from 1 on, of a quote that nothing closes; 0 for none
 */
record Layout(Charset charset, char delimiter, long openQuote) {
  private static final String DELIMITERS = ",;\t|";
  private static final int HEAD = 1 << 18;
  private static final int RECORDS = 50;

  /** Records with as many values as the header: some may be short. */
  private static final double MOST = 0.8;

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

  /**
   * The separator by which the header names two columns or more and most records have as many
   * values; of several that of most columns. A comma without any.
   */
  private static char delimiter(Path file, Charset charset) throws IOException {
    char[] head = new char[HEAD];
    int n = 0;
    try (Reader reader = reader(file, charset)) {
      for (int more = reader.read(head); more > 0; more = reader.read(head, n, HEAD - n)) {
        n += more;
      }
    }
    char best = DELIMITERS.charAt(0);
    int most = 1;
    for (char delimiter : DELIMITERS.toCharArray()) {
      int columns = columns(head, n, delimiter);
      if (columns > most || columns == most && columns > 1 && inText(head, n, best)) {
        best = delimiter;
        most = columns;
      }
    }
    return best;
  }

  /** How many values the header and most of the first records have; 1 where they do not agree. */
  private static int columns(char[] head, int n, char delimiter) {
    Quotes quotes = new Quotes(delimiter);
    int header = 0;
    int records = 0;
    int alike = 0;
    for (int i = 0; i <= n && records < RECORDS; i++) {
      int values = i < n ? quotes.next(head[i]) : quotes.unfinished();
      if (values > 0 && header == 0) {
        header = values;
      } else if (values > 0) {
        records++;
        alike += values == header ? 1 : 0;
      }
    }
    return alike >= MOST * records ? Math.max(header, 1) : 1;
  }

  /** Whether it stands before blanks only in the header, as commas do in texts. */
  private static boolean inText(char[] head, int n, char delimiter) {
    for (int i = 0; i + 1 < n && head[i] != '\n' && head[i] != '\r'; i++) {
      if (head[i] == delimiter && head[i + 1] != ' ') {
        return false;
      }
    }
    return true;
  }

  private static Reader reader(Path file, Charset charset) throws IOException {
    return new InputStreamReader(Files.newInputStream(file), charset.newDecoder());
  }
}
