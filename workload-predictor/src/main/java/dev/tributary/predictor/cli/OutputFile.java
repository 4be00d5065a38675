package dev.tributary.predictor.cli;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Files that commands write beside what they print. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Writes a file whole, UTF-8.
   *
   * @throws PredictorException (usage) where it cannot be written
   */
  static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "Cannot write " + file,
          e.toString(),
          "give a file in a folder that exists and is writable",
          e);
    }
  }

  /** The same of lines. */
  static void write(Path file, List<String> lines) {
    write(file, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
  }

  /** A line of CSV; line ends in a field become blanks. */
  static String csv(List<?> fields) {
    return fields.stream().map(OutputFile::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(Object field) {
    String text = field == null ? "" : field.toString().replaceAll("[\r\n]+", " ");
    return text.matches("[^\",]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
