package dev.tributary.pipelines.lake.terminal;

import java.util.Objects;

/**
 * How statements are run and shown.
 *
 * @param format of the results
 * @param maxRows most rows a result shows, with a note when there are more; 0 for all of them
 * @param width columns of the terminal that a table must fit in; 0 where there is no terminal, and
 *     then nothing is cut
 * @param timing whether the time of each statement goes to the other stream
 */
public record SqlOptions(OutputFormat format, int maxRows, int width, boolean timing) {
  private static final int ROWS_FOR_PEOPLE = 1000;

  public SqlOptions {
    Objects.requireNonNull(format, "format");
    if (maxRows < 0 || width < 0) {
      throw new IllegalArgumentException(
          "Rows and width cannot be negative: rows " + maxRows + ", width " + width);
    }
  }

  /** For a script or a pipe: every row for machines, the first 1,000 in a table. */
  public static SqlOptions of(OutputFormat format) {
    return new SqlOptions(format, format == OutputFormat.TABLE ? ROWS_FOR_PEOPLE : 0, 0, false);
  }

  public SqlOptions withMaxRows(int rows) {
    return new SqlOptions(format, rows, width, timing);
  }

  public SqlOptions withWidth(int columns) {
    return new SqlOptions(format, maxRows, columns, timing);
  }

  public SqlOptions withTiming(boolean shown) {
    return new SqlOptions(format, maxRows, width, shown);
  }
}
