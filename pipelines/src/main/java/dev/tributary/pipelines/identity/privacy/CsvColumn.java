package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.csv.CsvFile;
import java.nio.file.Path;
import java.util.List;

/** One column of a CSV file. */
public final class CsvColumn {
  private CsvColumn() {}

  public static List<String> read(Path file, String column) {
    CsvTable table = CsvTable.read(file);
    int index = table.index(column);
    if (index < 0) {
      throw PrivacyErrors.noColumn(column, file, table.columns());
    }
    return table.rows().stream().map(row -> row[index]).toList();
  }

  public static void write(Path file, String column, List<String> values) {
    StringBuilder text = new StringBuilder(CsvFile.quoted(column)).append('\n');
    values.forEach(value -> text.append(CsvFile.quoted(value)).append('\n'));
    PrivacyFiles.write(file, text.toString());
  }
}
