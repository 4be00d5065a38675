package dev.tributary.predictor.table;

import dev.tributary.predictor.PredictorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Splits text into records by RFC 4180, with the delimiter told from the first line. */
final class DelimitedText {
  /** One record and the line, from 1, that it starts on. */
  record Record(int line, List<String> fields) {}

  private final Path file;
  private final String text;
  private final char delimiter;
  private int at;
  private int line = 1;

  private DelimitedText(Path file, String text) {
    this.file = file;
    this.text = text;
    this.delimiter = delimiter(text.lines().findFirst().orElse(""));
  }

  static List<Record> parse(Path file, String text) {
    String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new DelimitedText(file, withoutMark).records();
  }

  private static char delimiter(String header) {
    char best = '\t';
    long most = 0;
    for (char candidate : new char[] {'\t', ',', ';', '|'}) {
      long count = header.chars().filter(character -> character == candidate).count();
      if (count > most) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  private List<Record> records() {
    List<Record> records = new ArrayList<>();
    while (at < text.length()) {
      int start = line;
      List<String> fields = record();
      if (fields.size() > 1 || !fields.get(0).isBlank()) {
        records.add(new Record(start, fields));
      }
    }
    return records;
  }

  private List<String> record() {
    List<String> fields = new ArrayList<>();
    while (true) {
      fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      if (at >= text.length()) {
        return fields;
      }
      char end = text.charAt(at++);
      if (end == delimiter) {
        continue;
      }
      if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
        at++;
      }
      line++;
      return fields;
    }
  }

  private String plain() {
    int start = at;
    while (at < text.length() && !endsField(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    int opened = line;
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char character = text.charAt(at++);
      if (character == '\n') {
        line++;
      }
      if (character != '"') {
        field.append(character);
      } else if (at < text.length() && text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else {
        return field + plain();
      }
    }
    throw PredictorException.usage(
        "A quote opened on line " + opened + " of " + file + " is not closed", null, "close it");
  }

  private boolean endsField(char character) {
    return character == delimiter || character == '\n' || character == '\r';
  }
}
