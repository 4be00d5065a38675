package dev.tributary.predictor.table;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A text table with a header line, UTF-8. The delimiter is the one of tab, comma, semicolon and
 * {@code |} that occurs most in the header; fields may be quoted as in RFC 4180, section 2, and may
 * then hold the delimiter and line ends. Blank lines are skipped. Where the header has a name
 * twice, the name means its first column. Held in memory.
 */
public final class DelimitedTable {
  private final Path file;
  private final List<String> columns;
  private final Map<String, Integer> index;
  private final List<List<String>> rows;
  private final List<Integer> lines;

  private DelimitedTable(Path file, List<DelimitedText.Record> records) {
    this.file = file;
    this.columns = records.get(0).fields().stream().map(String::strip).toList();
    this.index = new HashMap<>();
    for (int column = 0; column < columns.size(); column++) {
      index.putIfAbsent(columns.get(column), column);
    }
    this.rows = new ArrayList<>();
    this.lines = new ArrayList<>();
    for (DelimitedText.Record row : records.subList(1, records.size())) {
      rows.add(row.fields());
      lines.add(row.line());
    }
  }

  /**
   * Reads a file whole.
   *
   * @throws PredictorException (usage) if it is missing, empty, or has a row whose number of fields
   *     is not the header's
   */
  public static DelimitedTable read(Path file) {
    List<DelimitedText.Record> records = DelimitedText.parse(file, content(file));
    if (records.isEmpty()) {
      throw PredictorException.usage(
          "The table " + file + " is empty", null, "give a file with a header line");
    }
    int columns = records.get(0).fields().size();
    for (DelimitedText.Record row : records) {
      if (row.fields().size() != columns) {
        throw PredictorException.usage(
            "%s, line %d: %d fields where the header has %d"
                .formatted(file, row.line(), row.fields().size(), columns),
            null,
            "complete the line, or quote a field that holds the delimiter");
      }
    }
    return new DelimitedTable(file, records);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw PredictorException.usage(
          "There is no file " + file, null, "give the path of a table with a header line");
    } catch (IOException unreadable) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "Cannot read " + file,
          unreadable.toString(),
          "give a readable UTF-8 text file",
          unreadable);
    }
  }

  /** The names of the header, in order. */
  public List<String> columns() {
    return columns;
  }

  /** Number of rows, the header not counted. */
  public int rows() {
    return rows.size();
  }

  /** A field as it stands, stripped of blanks around it; rows count from 0. */
  public String text(int row, String column) {
    return rows.get(row).get(position(column)).strip();
  }

  /** Whether the table has the column and the row's field is not empty. */
  public boolean has(int row, String column) {
    return index.containsKey(column) && !text(row, column).isEmpty();
  }

  /** The line of the file, from 1, that a row starts on. */
  public int line(int row) {
    return lines.get(row);
  }

  /**
   * A field as a finite number; rows count from 0.
   *
   * @throws PredictorException (usage) naming file, line, column and value
   */
  public double number(int row, String column) {
    return parse(text(row, column)).orElseThrow(() -> wrong(row, column, "is not a finite number"));
  }

  /** The same where the table has the column and the field is not empty. */
  public OptionalDouble optionalNumber(int row, String column) {
    return has(row, column) ? OptionalDouble.of(number(row, column)) : OptionalDouble.empty();
  }

  /**
   * A refusal of a field, naming file, line, column and value.
   *
   * @param what is wrong with it, e.g. {@code is negative}
   */
  public PredictorException wrong(int row, String column, String what) {
    return PredictorException.usage(
        "%s, line %d, column %s: '%s' %s"
            .formatted(file, line(row), column, text(row, column), what),
        null,
        "correct or remove the line");
  }

  /** Whether every field of the column is a finite number. */
  public boolean isNumeric(String column) {
    for (int row = 0; row < rows(); row++) {
      if (parse(text(row, column)).isEmpty()) {
        return false;
      }
    }
    return rows() > 0;
  }

  private static OptionalDouble parse(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException notNumber) {
      return OptionalDouble.empty();
    }
  }

  /**
   * Refuses a table without a column.
   *
   * @throws PredictorException (usage) naming those that it has
   */
  public void require(String column) {
    position(column);
  }

  /**
   * Refuses a table that has a column twice, where nobody could tell which is meant. Columns
   * without a name, which nothing reads, may be many.
   *
   * @throws PredictorException (usage) naming the column and both places
   */
  public void requireDistinctColumns() {
    for (int column = 0; column < columns.size(); column++) {
      String name = columns.get(column);
      if (!name.isEmpty() && index.get(name) != column) {
        throw PredictorException.usage(
            "%s has the column '%s' twice".formatted(file, name),
            "it is column %d and column %d".formatted(index.get(name) + 1, column + 1),
            "remove or rename one of them");
      }
    }
  }

  private int position(String column) {
    Integer position = index.get(column);
    if (position == null) {
      throw PredictorException.usage(
          "There is no column '" + column + "' in " + file,
          "its columns are " + String.join(", ", columns),
          "name one of these");
    }
    return position;
  }
}
