package dev.tributary.pipelines.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns two spaces apart, the last one as long as it is. */
final class TextColumns {
  private TextColumns() {}

  static String of(List<String> header, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(rows);
    int[] widths = new int[header.size()];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    all.forEach(
        row -> text.append(line(row, widths).stripTrailing()).append(System.lineSeparator()));
    return text.toString();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
    }
    return line.toString();
  }
}
