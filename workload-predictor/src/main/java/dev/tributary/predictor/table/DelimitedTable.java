package dev.tributary.predictor.table;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text table with a header. The delimiter (tab, bar, semicolon or comma) is the one that the
 * header has most of. Where a name occurs twice, the first column has it.
 */
public final class DelimitedTable {
  private static final String DELIMITERS = "\t|;,";

  private final Path file;
  private final List<String> columns;
  private final List<List<String>> rows;

  private DelimitedTable(Path file, List<String> columns, List<List<String>> rows) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /**
   * Reads a UTF-8 file.
   *
   * @throws PredictorException where it cannot be read, is empty, or a row has too few values
   */
  public static DelimitedTable read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "%s cannot be read".formatted(file),
          e.getMessage(),
          "name a UTF-8 text table with a header",
          e);
    }
    if (lines.isEmpty()) {
      throw PredictorException.usage(
          "%s is empty".formatted(file), null, "give a table with a header");
    }
    char delimiter = delimiter(lines.get(0));
    List<String> header = split(lines.get(0), delimiter);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> row = split(lines.get(i), delimiter);
      if (row.size() != header.size()) {
        throw PredictorException.usage(
            "%s line %d has %d values".formatted(file, i + 1, row.size()),
            "the header has %d columns".formatted(header.size()),
            "quote values that hold the delimiter");
      }
      rows.add(row);
    }
    return new DelimitedTable(file, header, rows);
  }

  private static char delimiter(String header) {
    char best = ',';
    long most = 0;
    for (char candidate : DELIMITERS.toCharArray()) {
      long count = header.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private static List<String> split(String line, char delimiter) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        value.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    return values;
  }

  /** The header, in order. */
  public List<String> columns() {
    return columns;
  }

  /** Number of rows below the header. */
  public int rows() {
    return rows.size();
  }

  /** The value as it stands; empty where nothing stands. */
  public String text(int row, String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw PredictorException.usage(
          "%s has no column '%s'".formatted(file, column),
          "its columns are " + String.join(", ", columns),
          "name one of them");
    }
    return rows.get(row).get(index).strip();
  }

  /** The value as a finite number. */
  public double number(int row, String column) {
    String text = text(row, column);
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw notANumber(row, column, text, e);
    }
    throw notANumber(row, column, text, null);
  }

  private PredictorException notANumber(int row, String column, String text, Throwable cause) {
    return new PredictorException(
        PredictorException.Kind.USAGE,
        "%s line %d, column '%s': '%s' is not a number".formatted(file, row + 2, column, text),
        null,
        "correct the value",
        cause);
  }
}
