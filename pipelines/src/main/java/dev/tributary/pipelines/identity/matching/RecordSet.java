package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Records to be linked, column by column, in the order of source and id, so that nothing depends on
 * the order in which they came. A missing value is the empty string.
 */
public final class RecordSet {
  /** As many as candidate pairs are numbered for: 2^24. */
  public static final int MAX_RECORDS = 1 << 24;

  private final List<String> sources;
  private final int[] sourceOf;
  private final String[] ids;
  private final Map<String, String[]> columns;
  private final boolean oneFile;

  private RecordSet(
      List<String> sources,
      int[] sourceOf,
      String[] ids,
      Map<String, String[]> columns,
      boolean oneFile) {
    this.oneFile = oneFile;
    this.sources = sources;
    this.sourceOf = sourceOf;
    this.ids = ids;
    this.columns = columns;
  }

  /** How many records there are. */
  public int size() {
    return ids.length;
  }

  /** The names of the columns, in the order of the input. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** All values of a column, by record; not to be changed. */
  String[] values(String column) {
    return columns.get(column);
  }

  /** The value of one record, empty when it is missing. */
  public String value(int record, String column) {
    return columns.get(column)[record];
  }

  /** The names of the sources, sorted. */
  public List<String> sources() {
    return sources;
  }

  /** The number of the record's source in {@link #sources}. */
  int source(int record) {
    return sourceOf[record];
  }

  /** The record's id, unique within its source. */
  public String id(int record) {
    return ids[record];
  }

  /** The record's id, with its source in front where there are several that may use it. */
  public String qualifiedId(int record) {
    return oneFile || sources.size() == 1
        ? ids[record]
        : sources.get(sourceOf[record]) + ":" + ids[record];
  }

  /** Takes records in any order. */
  public static final class Builder {
    private final List<String> columns;
    private final List<Entry> entries = new ArrayList<>();
    private boolean oneFile;

    private record Entry(String source, String id, String[] values) {}

    /**
     * @param columns names of the columns of every record
     */
    public Builder(List<String> columns) {
      this.columns = List.copyOf(columns);
    }

    /** Ids tell all records apart, whatever their sources: they are shown without them. */
    public Builder oneFile() {
      oneFile = true;
      return this;
    }

    /**
     * Adds a record.
     *
     * @param values one a column, null or blank when missing
     */
    public Builder add(String source, String id, String[] values) {
      if (entries.size() == MAX_RECORDS) {
        throw MatchingErrors.tooMany(entries.size() + 1L);
      }
      String[] clean = new String[values.length];
      for (int i = 0; i < values.length; i++) {
        clean[i] = values[i] == null ? "" : values[i].strip();
      }
      entries.add(new Entry(source, id, clean));
      return this;
    }

    /**
     * All that were added.
     *
     * @throws MatchingException when two records of one source have the same id
     */
    public RecordSet build() {
      entries.sort(Comparator.comparing(Entry::source).thenComparing(Entry::id));
      List<String> sources =
          new ArrayList<>(new TreeSet<>(entries.stream().map(Entry::source).toList()));
      int n = entries.size();
      String[] ids = new String[n];
      int[] sourceOf = new int[n];
      String[][] values = new String[columns.size()][n];
      for (int i = 0; i < n; i++) {
        Entry entry = entries.get(i);
        ids[i] = entry.id();
        sourceOf[i] = sources.indexOf(entry.source());
        if (i > 0 && sourceOf[i] == sourceOf[i - 1] && ids[i].equals(ids[i - 1])) {
          throw MatchingErrors.sameId(ids[i]);
        }
        for (int c = 0; c < values.length; c++) {
          values[c][i] = entry.values()[c];
        }
      }
      Map<String, String[]> byName = new LinkedHashMap<>();
      for (int c = 0; c < values.length; c++) {
        byName.put(columns.get(c), values[c]);
      }
      return new RecordSet(List.copyOf(sources), sourceOf, ids, byName, oneFile);
    }
  }
}
