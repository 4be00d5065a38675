package dev.tributary.pipelines.lake.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * Lays rows out in a box of lines. Numbers stand right, all else left; a table wider than the
 * terminal is cut in its widest columns, and where even that is too narrow each row is written as a
 * block of {@code column │ value} lines.
 */
final class TextTable {
  private static final int NARROWEST = 6;
  private static final String NULL = "NULL";

  private final List<String> headings;
  private final boolean[] right;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param headings one a column
   * @param right which columns stand right
   */
  TextTable(List<String> headings, boolean[] right) {
    this.headings = headings.stream().map(TextTable::printable).toList();
    this.right = right.clone();
  }

  /** Adds a row; null is shown as NULL. */
  void add(List<String> cells) {
    rows.add(cells.stream().map(cell -> cell == null ? NULL : printable(cell)).toList());
  }

  int size() {
    return rows.size();
  }

  /** The lines for a terminal of so many columns, 0 for as wide as it takes. */
  List<String> lines(int width) {
    int[] widths = natural();
    int frame = 3 * widths.length + 1;
    if (width > 0 && !shrink(widths, width - frame)) {
      return blocks(width);
    }
    return box(widths);
  }

  private int[] natural() {
    int[] widths = headings.stream().mapToInt(TextTable::width).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  /** Takes from the widest until all fit; false when that would leave nothing readable. */
  private static boolean shrink(int[] widths, int room) {
    while (Arrays.stream(widths).sum() > room) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        return false;
      }
      widths[widest]--;
    }
    return true;
  }

  private List<String> box(int[] widths) {
    List<String> lines = new ArrayList<>();
    lines.add(rule(widths, "┌", "┬", "┐"));
    lines.add(line(headings, widths));
    lines.add(rule(widths, "├", "┼", "┤"));
    rows.forEach(row -> lines.add(line(row, widths)));
    lines.add(rule(widths, "└", "┴", "┘"));
    return lines;
  }

  private static String rule(int[] widths, String left, String middle, String end) {
    List<String> parts = Arrays.stream(widths).mapToObj(width -> "─".repeat(width + 2)).toList();
    return left + String.join(middle, parts) + end;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("│");
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(cells.get(i), widths[i]);
      String pad = " ".repeat(Math.max(0, widths[i] - width(cell)));
      line.append(' ').append(right[i] ? pad + cell : cell + pad).append(" │");
    }
    return line.toString();
  }

  private List<String> blocks(int width) {
    int names = headings.stream().mapToInt(TextTable::width).max().orElse(0);
    int room = Math.max(NARROWEST, width - names - 3);
    List<String> lines = new ArrayList<>();
    for (int n = 0; n < rows.size(); n++) {
      String title = "─── row " + (n + 1) + " ";
      lines.add(title + "─".repeat(Math.max(0, width - title.length())));
      for (int i = 0; i < headings.size(); i++) {
        String name = headings.get(i);
        String pad = " ".repeat(names - width(name));
        lines.add(name + pad + " │ " + cut(rows.get(n).get(i), room));
      }
    }
    return lines;
  }

  private static String cut(String cell, int width) {
    if (width(cell) <= width) {
      return cell;
    }
    return new AttributedString(cell).columnSubSequence(0, width - 1).toString() + "…";
  }

  private static int width(String text) {
    return new AttributedString(text).columnLength();
  }

  /**
   * Events hold what people typed: nothing in a value may move the cursor or change the colours.
   */
  static String printable(String text) {
    if (text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints().forEach(c -> clean.append(printable(c)));
    return clean.toString();
  }

  private static String printable(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
              ? String.format("\\u%04x", c)
              : Character.toString(c);
    };
  }
}
