package dev.tributary.pipelines.identity.csv;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads comma-separated values after RFC 4180, in UTF-8 or, where it is none, ISO 8859-1. */
public final class CsvFile {
  private static final int LONGEST_VALUE = 1 << 20;
  private static final int MOST_COLUMNS = 2_000;

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
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxCharsPerColumn(LONGEST_VALUE);
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setSkipEmptyLines(true);
    settings.setIgnoreLeadingWhitespaces(true);
    settings.setIgnoreTrailingWhitespaces(true);
    CsvParser parser = new CsvParser(settings);
    try (Reader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), charset(file)))) {
      parser.beginParsing(reader);
      List<String> columns = header(file, parser.parseNext());
      sink.header(columns);
      long number = 0;
      for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
        number++;
        if (row.length < columns.size() && !sink.takesShortRows()) {
          throw CsvErrors.tooShort(file, number, row.length, columns.size());
        }
        sink.row(number, fit(file, number, row, columns.size()));
      }
    } catch (IOException | TextParsingException e) {
      throw CsvErrors.unreadable(file, e);
    } finally {
      parser.stopParsing();
    }
  }

  /** A value as it stands in a file. */
  public static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
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

  /** Reads it once to tell its charset, and that the last value ends. */
  private static Charset charset(Path file) throws IOException {
    try {
      return whole(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return whole(file, StandardCharsets.ISO_8859_1);
    }
  }

  private static Charset whole(Path file, Charset charset) throws IOException {
    Quotes quotes = new Quotes();
    try (Reader reader = new InputStreamReader(Files.newInputStream(file), charset.newDecoder())) {
      char[] buffer = new char[1 << 16];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        for (int i = 0; i < n; i++) {
          quotes.next(buffer[i]);
        }
      }
    }
    if (quotes.open() > 0) {
      throw CsvErrors.neverClosed(file, quotes.open());
    }
    return charset;
  }
}
