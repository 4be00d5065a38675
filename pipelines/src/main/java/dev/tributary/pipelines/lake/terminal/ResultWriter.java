package dev.tributary.pipelines.lake.terminal;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Writes a result in a format; returns how many rows it wrote. */
final class ResultWriter {
  private final SqlOptions options;
  private final PrintStream out;
  private final Cells cells;

  ResultWriter(SqlOptions options, ZoneId zone, PrintStream out) {
    this.options = options;
    this.out = out;
    this.cells = new Cells(zone);
  }

  long write(Dataset<Row> result) {
    return switch (options.format()) {
      case TABLE -> table(result);
      case CSV -> csv(result);
      case JSON -> json(result);
    };
  }

  private long table(Dataset<Row> result) {
    StructField[] fields = result.schema().fields();
    boolean[] right = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      right[i] = fields[i].dataType() instanceof NumericType;
    }
    TextTable table = new TextTable(List.of(result.columns()), right);
    List<Row> rows = rows(result);
    if (isPage(result, rows)) {
      rows.get(0).getString(0).lines().map(TextTable::printable).forEach(out::println);
      return 1;
    }
    boolean more = options.maxRows() > 0 && rows.size() > options.maxRows();
    rows.stream()
        .limit(more ? options.maxRows() : rows.size())
        .forEach(row -> table.add(texts(row)));
    table.lines(options.width()).forEach(out::println);
    out.println(footer(table.size(), more));
    return table.size();
  }

  /** One text of many lines, such as EXPLAIN's, reads better without a box. */
  private static boolean isPage(Dataset<Row> result, List<Row> rows) {
    return result.columns().length == 1
        && rows.size() == 1
        && rows.get(0).get(0) instanceof String text
        && text.indexOf('\n') >= 0;
  }

  private List<Row> rows(Dataset<Row> result) {
    return options.maxRows() == 0
        ? result.collectAsList()
        : result.takeAsList(options.maxRows() + 1);
  }

  private static String footer(int rows, boolean more) {
    if (more) {
      return String.format(Locale.ROOT, "(the first %,d rows; there are more)", rows);
    }
    return rows == 1 ? "(1 row)" : String.format(Locale.ROOT, "(%,d rows)", rows);
  }

  private List<String> texts(Row row) {
    List<String> texts = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      texts.add(row.isNullAt(i) ? null : cells.text(row.get(i)));
    }
    return texts;
  }

  private long csv(Dataset<Row> result) {
    out.println(Arrays.stream(result.columns()).map(ResultWriter::field).collect(commas()));
    return stream(result, row -> texts(row).stream().map(ResultWriter::field).collect(commas()));
  }

  private static java.util.stream.Collector<CharSequence, ?, String> commas() {
    return Collectors.joining(",");
  }

  private static String field(String text) {
    if (text == null) {
      return "";
    }
    boolean quote =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quote ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  private long json(Dataset<Row> result) {
    return stream(result, cells::json);
  }

  /** All rows by partition, so that a large result need not fit the driver. */
  private long stream(Dataset<Row> result, java.util.function.Function<Row, String> line) {
    Dataset<Row> shown = options.maxRows() > 0 ? result.limit(options.maxRows()) : result;
    Iterator<Row> rows = shown.toLocalIterator();
    long count = 0;
    while (rows.hasNext()) {
      out.println(line.apply(rows.next()));
      count++;
    }
    return count;
  }
}
