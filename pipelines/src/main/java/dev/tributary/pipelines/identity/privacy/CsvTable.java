package dev.tributary.pipelines.identity.privacy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table of text, read whole from a CSV file after RFC 4180; blanks around values and the byte
 * order mark are dropped. An empty value is a missing one.
 *
 * @param file where it came from, for errors
 */
record CsvTable(Path file, List<String> columns, List<String[]> rows) {
  static CsvTable read(Path file) {
    return parse(file, PrivacyFiles.text(file));
  }

  static CsvTable parse(Path file, String text) {
    Cursor cursor = new Cursor(file, text.startsWith("\ufeff") ? text.substring(1) : text);
    List<String> columns = cursor.row();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (column.isEmpty() || !seen.add(column)) {
        throw PrivacyErrors.badCsv(file, 1, "the column '" + column + "' is empty or there twice");
      }
    }
    List<String[]> rows = new ArrayList<>();
    while (!cursor.atEnd()) {
      long line = cursor.line;
      List<String> row = cursor.row();
      if (row.size() == 1 && row.get(0).isEmpty() && columns.size() > 1) {
        continue;
      }
      if (row.size() != columns.size()) {
        throw PrivacyErrors.badCsv(
            file, line, row.size() + " values for " + columns.size() + " columns");
      }
      rows.add(row.toArray(String[]::new));
    }
    return new CsvTable(file, columns, rows);
  }

  int index(String column) {
    return columns.indexOf(column);
  }

  /** The table without these columns. */
  CsvTable without(Set<String> dropped) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!dropped.contains(columns.get(i))) {
        kept.add(i);
      }
    }
    return new CsvTable(
        file,
        kept.stream().map(columns::get).toList(),
        rows.stream().map(row -> kept.stream().map(i -> row[i]).toArray(String[]::new)).toList());
  }

  /** A value as it stands in a CSV file. */
  static String quoted(String value) {
    return value.matches("[^,\"\\r\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  /** A place in the text. */
  private static final class Cursor {
    private final Path file;
    private final String text;
    private int at;
    private long line = 1;

    Cursor(Path file, String text) {
      this.file = file;
      this.text = text;
    }

    boolean atEnd() {
      return at >= text.length();
    }

    List<String> row() {
      List<String> values = new ArrayList<>();
      while (true) {
        while (!atEnd() && text.charAt(at) == ' ') {
          at++;
        }
        values.add(!atEnd() && text.charAt(at) == '"' ? quoted() : plain());
        if (atEnd()) {
          return values;
        }
        char end = text.charAt(at++);
        if (end == '\r' && !atEnd() && text.charAt(at) == '\n') {
          at++;
        }
        if (end != ',') {
          line++;
          return values;
        }
      }
    }

    private String plain() {
      int start = at;
      while (!atEnd() && ",\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at).strip();
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      long opened = line;
      at++;
      while (true) {
        int quote = text.indexOf('"', at);
        if (quote < 0) {
          throw PrivacyErrors.badCsv(file, opened, "a quoted value does not end");
        }
        value.append(text, at, quote);
        at = quote + 1;
        if (atEnd() || text.charAt(at) != '"') {
          break;
        }
        value.append('"');
        at++;
      }
      line += value.chars().filter(c -> c == '\n').count();
      String rest = plain();
      if (!rest.isEmpty()) {
        throw PrivacyErrors.badCsv(file, opened, "text follows a quoted value");
      }
      return value.toString().strip();
    }
  }
}
