package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.csv.CsvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A table of text, read whole from a CSV file. An empty value is a missing one.
 *
 * @param file where it came from, for errors
 */
record CsvTable(Path file, List<String> columns, List<String[]> rows) {
  static CsvTable read(Path file) {
    List<String> columns = new ArrayList<>();
    List<String[]> rows = new ArrayList<>();
    CsvFile.read(
        file,
        new CsvFile.Sink() {
          @Override
          public void header(List<String> names) {
            columns.addAll(names);
          }

          @Override
          public void row(long number, String[] values) {
            rows.add(
                Arrays.stream(values)
                    .map(value -> Objects.requireNonNullElse(value, ""))
                    .toArray(String[]::new));
          }

          /** What is missing by mistake would be encoded as if nobody knew it. */
          @Override
          public boolean takesShortRows() {
            return false;
          }
        });
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
}
