package dev.tributary.pipelines.identity.csv;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobException;
import java.nio.file.Path;

/** What is wrong with a table in a file: problem, cause, fix. */
public final class CsvErrors {
  private static final int LONGEST_REASON = 300;

  private CsvErrors() {}

  private static JobException failed(String problem, String fix, Throwable cause) {
    return JobErrors.error(ExitCode.USAGE, problem, null, fix, cause);
  }

  /**
   * A file that is not there, or that is not what it should be.
   *
   * @param cause null where there is no such file
   */
  public static JobException unreadable(Path file, Exception cause) {
    String why = cause == null ? "there is no such file" : why(cause);
    return failed(
        "'" + file + "' cannot be read: " + why,
        "name a CSV file with a header, or a Parquet file",
        cause);
  }

  private static String why(Exception cause) {
    String message = String.valueOf(cause.getMessage());
    return message.length() > LONGEST_REASON
        ? message.substring(0, LONGEST_REASON) + " …"
        : message;
  }

  static JobException notRead(Path file, long after, int longest, Exception cause) {
    return failed(
        "'%s', after record %d: no record can be read; is a value longer than %,d characters?"
            .formatted(file, after, longest),
        "look there for a quote too many, or leave the column out of the file",
        cause);
  }

  static JobException notUtf16(Path file, Exception cause) {
    return failed(
        "'" + file + "' begins with the mark of UTF-16 and is none",
        "write it in UTF-8, or take the first two bytes off",
        cause);
  }

  static JobException empty(Path file) {
    return failed("'" + file + "' has no header", "let the first line name the columns", null);
  }

  static JobException sameColumn(Path file, String column) {
    return failed("'" + file + "' has two columns named '" + column + "'", "rename one", null);
  }

  static JobException tooLong(Path file, long number, int values, int columns) {
    return failed(
        "'%s', record %d: %d values, but the header names %d columns"
            .formatted(file, number, values, columns),
        "quote values that hold the separator of the header",
        null);
  }

  static JobException neverClosed(Path file, long line) {
    return failed(
        "'%s', line %d: a value begins with a quote, and none ends it".formatted(file, line),
        "close the quote, or write two where the value itself begins with one",
        null);
  }

  static JobException tooShort(Path file, long number, int values, int columns) {
    return failed(
        "'%s', record %d: %d values, but the header names %d columns"
            .formatted(file, number, values, columns),
        "give each record as many values as there are columns, empty ones too; is the file whole?",
        null);
  }
}
