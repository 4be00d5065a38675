package dev.tributary.pipelines.identity.csv;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads separated values after RFC 4180. Its header tells the separator: a comma, a semicolon, a
 * tab or a bar. A byte order mark tells UTF-16; else it is UTF-8 or, where it is none, ISO 8859-1.
 */
public final class CsvFile {
  private static final int LONGEST_VALUE = 1 << 20;
  private static final int MOST_COLUMNS = 2_000;
  private static final String QUOTED = ",;\t|\"\n\r";

  private CsvFile() {}

  /** Takes a file's header, then its rows. */
  public interface Sink {
    void header(List<String> columns);

    /**
     * @param values one a column, null where missing
     */
    void row(long number, String[] values);

    /** Whether a row may end before the last column; the rest of it is missing then. */
    default boolean takesShortRows() {
      return true;
    }
  }

  /**
   * Reads a whole file.
   *
   * @throws dev.tributary.pipelines.job.JobException naming the file and the record
   */
  public static void read(Path file, Sink sink) {
    if (!Files.isReadable(file)) {
      throw CsvErrors.unreadable(file, null);
    }
    Layout layout = layout(file);
    CsvParserSettings settings = new CsvParserSettings();
    settings.setReadInputOnSeparateThread(false); // what fails there would not end this one
    settings.getFormat().setDelimiter(layout.delimiter());
    settings.getFormat().setComment('\0');
    settings.setMaxCharsPerColumn(LONGEST_VALUE);
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setSkipEmptyLines(true);
    settings.setIgnoreLeadingWhitespaces(true);
    settings.setIgnoreTrailingWhitespaces(true);
    CsvParser parser = new CsvParser(settings);
    try (Reader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), layout.charset()))) {
      parser.beginParsing(reader);
      List<String> columns = header(file, next(parser, file, 0));
      sink.header(columns);
      long number = 0;
      for (String[] row = next(parser, file, 0); row != null; row = next(parser, file, number)) {
        number++;
        if (row.length < columns.size() && !sink.takesShortRows()) {
          throw CsvErrors.tooShort(file, number, row.length, columns.size());
        }
        sink.row(number, fit(file, number, row, columns.size()));
      }
    } catch (IOException e) {
      throw CsvErrors.unreadable(file, e);
    } finally {
      parser.stopParsing();
    }
  }

  private static String[] next(CsvParser parser, Path file, long after) {
    try {
      return parser.parseNext();
    } catch (TextParsingException e) {
      throw CsvErrors.notRead(file, after, LONGEST_VALUE, e);
    }
  }

  /** A value as it stands in a file. */
  public static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> QUOTED.indexOf(c) >= 0);
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static List<String> header(Path file, String[] header) {
    if (header == null) {
      throw CsvErrors.empty(file);
    }
    List<String> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.length; i++) {
      String column = header[i] == null ? "column_" + (i + 1) : header[i].replace("\uFEFF", "");
      if (!seen.add(column)) {
        throw CsvErrors.sameColumn(file, column);
      }
      columns.add(column);
    }
    return columns;
  }

  /** Values beyond the header are allowed when they are empty; missing ones are missing. */
  private static String[] fit(Path file, long number, String[] row, int columns) {
    for (int i = columns; i < row.length; i++) {
      if (row[i] != null) {
        throw CsvErrors.tooLong(file, number, row.length, columns);
      }
    }
    return row.length == columns ? row : java.util.Arrays.copyOf(row, columns);
  }

  private static Layout layout(Path file) {
    try {
      Layout layout = Layout.of(file);
      if (layout.openQuote() > 0) {
        throw CsvErrors.neverClosed(file, layout.openQuote());
      }
      return layout;
    } catch (CharacterCodingException e) {
      throw CsvErrors.notUtf16(file, e);
    } catch (IOException e) {
      throw CsvErrors.unreadable(file, e);
    }
  }
}
