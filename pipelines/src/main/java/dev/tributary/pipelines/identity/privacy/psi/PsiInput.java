package dev.tributary.pipelines.identity.privacy.psi;

import dev.tributary.pipelines.identity.privacy.CsvColumn;
import java.nio.file.Path;
import java.util.List;

/**
 * The identifiers that a party puts in.
 *
 * @param file where they are from, for errors
 * @param values as they are in the column; may be empty or repeated
 */
public record PsiInput(Path file, String column, List<String> values) {
  public PsiInput {
    values = List.copyOf(values);
  }

  /** Reads one column of a CSV file. */
  public static PsiInput read(Path file, String column) {
    return new PsiInput(file, column, CsvColumn.read(file, column));
  }

  /** Writes identifiers as a CSV file of one column. */
  public static void write(Path file, String column, List<String> values) {
    CsvColumn.write(file, column, values);
  }
}
