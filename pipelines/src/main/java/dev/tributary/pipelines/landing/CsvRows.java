package dev.tributary.pipelines.landing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * From the lines of whole CSV files, in order, to their rows: (file, time, line) in; file, time,
 * number of the record's first line, its bytes, what is wrong with it or null, and the columns out.
 *
 * <p>Spark's own CSV reader is not used because it assigns columns by position whatever the header
 * of a later file says, replaces bytes that are not text, and cannot tell the line; here columns
 * are found by the header of each file, and a row that cannot be read keeps its bytes. A quoted
 * field that is not closed within {@link #MOST_LINES} lines was never meant to be one: its first
 * line is refused alone, so that a stray quote does not swallow the file.
 */
final class CsvRows implements MapPartitionsFunction<Row, Row> {
  static final int MOST_LINES = 100;
  private static final int BEFORE_COLUMNS = 5;
  private static final long serialVersionUID = 1L;

  private final CsvFormat format;
  private final List<String> columns;
  private final Set<String> needed;
  private final boolean exact;

  /**
   * @param columns the columns that rows get, in order
   * @param needed those that a file must have
   * @param exact whether a file must have no others
   */
  CsvRows(CsvFormat format, List<String> columns, Set<String> needed, boolean exact) {
    this.format = format;
    this.columns = new ArrayList<>(columns);
    this.needed = new HashSet<>(needed);
    this.exact = exact;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> lines) {
    return new Rows(lines);
  }

  /** The names in the header that a file's lines begin with; null when there is none to read. */
  static List<String> header(CsvFormat format, Iterator<Row> lines) {
    Rows rows = new CsvRows(format, List.of(), Set.of(), false).new Rows(lines);
    while (rows.lookAhead()) {
      if (rows.read()) {
        return rows.record.problem() == null ? rows.names() : null;
      }
    }
    return null;
  }

  private final class Rows implements Iterator<Row> {
    private final Iterator<Row> lines;
    private final CsvRecord record = new CsvRecord(format);
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private Row next;
    private Row upcoming;
    private String file;
    private Object time;
    private long line;
    private long firstLine;
    private byte[] raw;
    private int[] positions;
    private int width;
    private String fault;

    Rows(Iterator<Row> lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      while (next == null && lookAhead()) {
        String current = upcoming == null ? file : upcoming.getString(0);
        if (ahead.isEmpty() && !current.equals(file)) {
          begin(current);
        } else if (read()) {
          next = row();
        }
      }
      return next != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no row after line " + line + " of " + file);
      }
      Row row = next;
      next = null;
      return row;
    }

    private boolean lookAhead() {
      if (upcoming == null && lines.hasNext()) {
        upcoming = lines.next();
      }
      return upcoming != null || !ahead.isEmpty();
    }

    private void begin(String name) {
      file = name;
      time = upcoming.get(1);
      line = 0;
      fault = null;
      width = columns.size();
      positions = null;
      if (format.header()) {
        readHeader();
      }
    }

    private void readHeader() {
      boolean found = false;
      while (!found && lookAhead() && (!ahead.isEmpty() || upcoming.getString(0).equals(file))) {
        found = read();
      }
      if (!found) {
        return;
      }
      List<String> names = names();
      width = names.size();
      positions = columns.stream().mapToInt(names::indexOf).toArray();
      fault = record.problem() == null ? headerFault(names) : "the header: " + record.problem();
    }

    private String headerFault(List<String> names) {
      List<String> absent = needed.stream().filter(n -> !names.contains(n)).sorted().toList();
      if (!absent.isEmpty()) {
        return "the header of its file has no column " + String.join(", ", absent);
      }
      List<String> unknown = names.stream().filter(n -> !columns.contains(n)).toList();
      return exact && !unknown.isEmpty()
          ? "the header of its file has a column that the stream does not know: "
              + String.join(", ", unknown)
          : null;
    }

    private List<String> names() {
      return record.fields().stream().map(name -> name == null ? "" : name.strip()).toList();
    }

    /** Reads the next record of the file; false for an empty line. */
    private boolean read() {
      raw = nextLine();
      firstLine = line;
      if (raw.length == 0 || raw.length == 1 && raw[0] == '\r') {
        return false;
      }
      record.read(raw);
      if (format.multiline() && record.open()) {
        readOn();
      }
      return true;
    }

    private void readOn() {
      byte[] first = raw;
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(first);
      List<byte[]> taken = new ArrayList<>();
      while (record.open() && taken.size() < MOST_LINES && moreOfFile()) {
        byte[] more = nextLine();
        taken.add(more);
        whole.write('\n');
        whole.writeBytes(more);
        record.read(whole.toByteArray());
      }
      raw = whole.toByteArray();
      if (record.open()) {
        for (int i = taken.size() - 1; i >= 0; i--) {
          ahead.addFirst(taken.get(i));
        }
        line -= taken.size();
        raw = first;
        record.read(first);
      }
    }

    private boolean moreOfFile() {
      return !ahead.isEmpty() || lookAhead() && upcoming.getString(0).equals(file);
    }

    private byte[] nextLine() {
      line++;
      if (!ahead.isEmpty()) {
        return ahead.removeFirst();
      }
      byte[] bytes = upcoming.getAs(2);
      upcoming = null;
      return line == 1 ? withoutByteOrderMark(bytes) : bytes;
    }

    private Row row() {
      Object[] values = new Object[BEFORE_COLUMNS + columns.size()];
      values[0] = file;
      values[1] = time;
      values[2] = firstLine;
      values[3] = raw;
      String problem = problem();
      values[4] = problem;
      for (int i = 0; i < columns.size() && problem == null; i++) {
        int at = positions == null ? i : positions[i];
        values[BEFORE_COLUMNS + i] = at < 0 ? null : record.fields().get(at);
      }
      return RowFactory.create(values);
    }

    private String problem() {
      if (fault != null || record.problem() != null) {
        return fault != null ? fault : record.problem();
      }
      int fields = record.fields().size();
      return fields == width ? null : "the line has " + fields + " fields, not " + width;
    }
  }

  private static byte[] withoutByteOrderMark(byte[] line) {
    boolean marked =
        line.length >= 3
            && line[0] == (byte) 0xEF
            && line[1] == (byte) 0xBB
            && line[2] == (byte) 0xBF;
    return marked ? java.util.Arrays.copyOfRange(line, 3, line.length) : line;
  }
}
