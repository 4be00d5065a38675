package dev.tributary.pipelines.identity.link;

import dev.tributary.pipelines.identity.csv.CsvErrors;
import dev.tributary.pipelines.identity.csv.CsvFile;
import dev.tributary.pipelines.identity.matching.LinkConfig;
import dev.tributary.pipelines.identity.matching.RecordSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Reads the records to link from one or more files, columns matched by name. */
public final class LinkInput {
  private static final Set<String> ID_NAMES =
      Set.of("id", "rec_id", "recid", "record_id", "unique_id", "row_id", "rowid", "uid", "uuid");

  private static final Set<String> SOURCE_NAMES =
      Set.of("source", "src", "data_source", "datasource", "source_system", "source_file", "party");

  private static final int MOST_SOURCES = 50;

  /** Rows that tell the records apart by a column, of those of a column that is meant to. */
  private static final double MEANT = 0.99;

  private final LinkConfig config;
  private final Supplier<SparkSession> spark;
  private final Consumer<String> notes;
  private final KnownValues known = new KnownValues();

  private LinkInput(LinkConfig config, Supplier<SparkSession> spark, Consumer<String> notes) {
    this.config = config;
    this.spark = spark;
    this.notes = notes;
  }

  /** A file in memory. */
  private static final class Table implements CsvFile.Sink {
    private final Path file;
    private final String source;
    private List<String> columns = List.of();
    private final List<String[]> rows = new ArrayList<>();
    private final KnownValues known;

    Table(Path file, KnownValues known) {
      this.file = file;
      this.known = known;
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      this.source = dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public void header(List<String> names) {
      columns = List.copyOf(names);
    }

    @Override
    public void row(long number, String[] values) {
      for (int c = 0; c < values.length; c++) {
        values[c] = known.of(values[c]);
      }
      rows.add(values);
    }
  }

  /**
   * Reads all records.
   *
   * @param inputs CSV files, or Parquet files or directories of them; a file's name without its
   *     ending is its source
   * @param spark asked only where there is Parquet
   * @param notes told what of a file is not as its names say
   * @throws dev.tributary.pipelines.job.JobException when a file cannot be read
   */
  public static RecordSet read(
      List<Path> inputs, LinkConfig config, Supplier<SparkSession> spark, Consumer<String> notes) {
    LinkInput input = new LinkInput(config, spark, notes);
    List<Table> tables = new ArrayList<>();
    Set<String> sources = new HashSet<>();
    for (Path file : inputs) {
      Table table = input.table(file);
      if (!sources.add(table.source)) {
        throw LinkErrors.sameSource(table.source);
      }
      tables.add(table);
    }
    return input.records(tables);
  }

  private Table table(Path file) {
    Table table = new Table(file, known);
    boolean parquet =
        Files.isDirectory(file) || file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
    if (!Files.exists(file)) {
      throw CsvErrors.unreadable(file, null);
    }
    if (parquet) {
      ParquetInput.read(spark.get(), file, table);
    } else {
      CsvFile.read(file, table);
    }
    return table;
  }

  private RecordSet records(List<Table> tables) {
    Set<String> columns = new LinkedHashSet<>();
    tables.forEach(table -> columns.addAll(table.columns));
    List<Integer> idColumns = tables.stream().map(this::idColumn).toList();
    config.source().ifPresent(columns::remove);
    for (int t = 0; t < idColumns.size(); t++) {
      if (idColumns.get(t) < 0) {
        columns.removeAll(brokenIds(tables.get(t)));
      } else {
        columns.remove(tables.get(t).columns.get(idColumns.get(t)));
      }
    }
    List<String> compared = List.copyOf(columns);
    RecordSet.Builder builder = new RecordSet.Builder(compared);
    int named = tables.size() == 1 ? namedSource(tables.get(0)) : -1;
    if (named >= 0) {
      builder.oneFile();
    }
    for (int t = 0; t < idColumns.size(); t++) {
      Table table = tables.get(t);
      int source = config.source().map(column -> required(table, column)).orElse(named);
      add(builder, table, idColumns.get(t), source, compared);
    }
    return builder.build();
  }

  private void add(
      RecordSet.Builder builder,
      Table table,
      int idColumn,
      int sourceColumn,
      List<String> compared) {
    int[] from = compared.stream().mapToInt(table.columns::indexOf).toArray();
    for (int i = 0; i < table.rows.size(); i++) {
      String[] row = table.rows.get(i);
      String id = idColumn < 0 ? Integer.toString(i + 1) : row[idColumn];
      if (id == null) {
        throw LinkErrors.noId(table.file, table.columns.get(idColumn), i + 1L);
      }
      String source = sourceColumn < 0 ? table.source : String.valueOf(row[sourceColumn]);
      String[] values = new String[from.length];
      for (int c = 0; c < values.length; c++) {
        values[c] = from[c] < 0 ? null : row[from[c]];
      }
      builder.add(source, id, values);
      table.rows.set(i, null);
    }
  }

  private static int required(Table table, String column) {
    int at = table.columns.indexOf(column);
    if (at < 0) {
      throw LinkErrors.noColumn(table.file, column, table.columns);
    }
    return at;
  }

  /**
   * The column of the only file that is named like a source and has some values in every row; -1
   * for none, and where the configuration names one. It tells whether a source has an entity once.
   */
  private int namedSource(Table table) {
    if (config.source().isPresent()) {
      return -1;
    }
    for (int c = 0; c < table.columns.size(); c++) {
      String name = table.columns.get(c).toLowerCase(Locale.ROOT).replace(' ', '_');
      int column = c;
      if (SOURCE_NAMES.contains(name) && !config.columns().containsKey(table.columns.get(c))) {
        List<String> values = table.rows.stream().map(row -> row[column]).distinct().toList();
        if (values.size() > 1 && values.size() <= MOST_SOURCES && !values.contains(null)) {
          return c;
        }
      }
    }
    return -1;
  }

  /** The configured column, or one that is named like an id and tells all rows apart. */
  private int idColumn(Table table) {
    if (config.id().isPresent()) {
      return required(table, config.id().get());
    }
    for (int c = 0; c < table.columns.size(); c++) {
      if (isId(table.columns.get(c)) && distinct(table, c) == table.rows.size()) {
        return c;
      }
    }
    return -1;
  }

  private static boolean isId(String column) {
    return ID_NAMES.contains(column.toLowerCase(Locale.ROOT).replace(' ', '_'));
  }

  private static long distinct(Table table, int column) {
    Set<String> seen = new HashSet<>();
    return table.rows.stream().filter(row -> row[column] != null && seen.add(row[column])).count();
  }

  /**
   * Tells of columns that are named like an id and tell no records apart; gives those that nearly
   * do, which say nothing of who a record is of.
   */
  private Set<String> brokenIds(Table table) {
    Set<String> meantAsId = new HashSet<>();
    for (int c = 0; c < table.columns.size(); c++) {
      String column = table.columns.get(c);
      if (isId(column) && !config.columns().containsKey(column)) {
        long distinct = distinct(table, c);
        boolean meant = distinct >= MEANT * table.rows.size();
        notes.accept(
            "  "
                + table.file.getFileName()
                + ": '"
                + column
                + "' is empty or repeated in "
                + (table.rows.size() - distinct)
                + " of "
                + table.rows.size()
                + " records, so they are numbered by row"
                + (meant ? "; it is not compared unless 'columns' gives its kind" : ""));
        if (meant) {
          meantAsId.add(column);
        }
      }
    }
    return meantAsId;
  }
}
