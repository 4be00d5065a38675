package dev.tributary.predictor.selection;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.table.DelimitedTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A table of measured jobs: one row a job and configuration.
 *
 * @param configColumns the columns that name a configuration
 * @param jobs by name
 */
public record MeasuredTable(List<String> configColumns, List<JobHistory> jobs) {
  private static final Set<String> NODE_COLUMNS =
      Set.of("nodes", "node_count", "instance_count", "scale_out", "workers", "machines");

  /**
   * Which columns hold what.
   *
   * @param algorithm empty: every job is an algorithm of its own
   * @param completed empty: every row with a cost completed
   */
  public record Columns(
      String job,
      String algorithm,
      List<String> config,
      String cost,
      String runtime,
      String completed) {
    /** Checks and copies. */
    public Columns {
      config = List.copyOf(config);
      if (config.isEmpty()) {
        throw PredictorException.usage(
            "no column names the configuration", null, "give --config vm_type,nodes");
      }
    }
  }

  /** Copies. */
  public MeasuredTable {
    configColumns = List.copyOf(configColumns);
    jobs = List.copyOf(jobs);
  }

  /**
   * Reads a table. Columns {@code framework}, {@code input_bytes}, {@code cores_per_node}, {@code
   * mem_gb_per_node} and {@code price_usd_h} (of a node) are used where the table has them; without
   * a price it is what the completed rows of the configuration cost an hour.
   */
  public static MeasuredTable read(Path file, Columns columns) {
    DelimitedTable table = DelimitedTable.read(file);
    Optional<String> nodes = nodesColumn(table, columns);
    Map<List<String>, Double> prices = prices(table, columns, nodes);
    Map<String, List<Integer>> rowsOf = new TreeMap<>();
    for (int row = 0; row < table.rows(); row++) {
      rowsOf.computeIfAbsent(table.text(row, columns.job()), k -> new ArrayList<>()).add(row);
    }
    List<JobHistory> jobs = new ArrayList<>();
    for (List<Integer> rows : rowsOf.values()) {
      jobs.add(job(file, table, columns, nodes, prices, rows));
    }
    if (jobs.size() < 2) {
      throw PredictorException.usage(
          "%s has %d jobs".formatted(file, jobs.size()),
          "a job is chosen for from what other jobs did",
          "give a table of at least two jobs");
    }
    return new MeasuredTable(columns.config(), jobs);
  }

  private static JobHistory job(
      Path file,
      DelimitedTable table,
      Columns columns,
      Optional<String> nodes,
      Map<List<String>, Double> prices,
      List<Integer> rows) {
    String name = table.text(rows.get(0), columns.job());
    String algorithm =
        columns.algorithm().isEmpty() ? name : table.text(rows.get(0), columns.algorithm());
    String framework =
        table.columns().contains("framework") ? table.text(rows.get(0), "framework") : "";
    Set<List<String>> keys = new HashSet<>();
    Map<List<String>, Trial> trials = new TreeMap<>(MeasuredTable::compareKeys);
    for (int row : rows) {
      List<String> key = key(table, columns, row);
      if (!keys.add(key)) {
        throw PredictorException.usage(
            "%s, line %d: job '%s' has a second row for %s"
                .formatted(file, table.line(row), name, key),
            "a configuration is measured once a job",
            "average repeated runs, or name the column that tells them apart in --config");
      }
      Double price = prices.get(key);
      if (price != null) {
        trials.put(key, trial(table, columns, row, key, nodes(table, nodes, row), price));
      }
    }
    return new JobHistory(
        new JobDescription(name, algorithm, framework, inputBytes(table, rows.get(0))),
        List.copyOf(trials.values()));
  }

  private static OptionalDouble inputBytes(DelimitedTable table, int row) {
    OptionalDouble bytes = table.optionalNumber(row, "input_bytes");
    return bytes.orElse(0) > 0 ? bytes : OptionalDouble.empty();
  }

  private static Trial trial(
      DelimitedTable table,
      Columns columns,
      int row,
      List<String> key,
      double nodes,
      double price) {
    boolean completed = completed(table, columns, row);
    Candidate candidate =
        new Candidate(
            key,
            nodes,
            optional(table, row, "cores_per_node"),
            optional(table, row, "mem_gb_per_node"),
            price);
    return completed
        ? new Trial(
            candidate,
            true,
            positive(table, row, columns.cost()),
            positive(table, row, columns.runtime()))
        : new Trial(candidate, false, Double.NaN, Double.NaN);
  }

  private static boolean completed(DelimitedTable table, Columns columns, int row) {
    table.require(columns.cost());
    if (!table.has(row, columns.cost())) {
      return false;
    }
    if (columns.completed().isEmpty()) {
      return true;
    }
    String text = table.text(row, columns.completed());
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes" -> true;
      case "0", "false", "no", "" -> false;
      default ->
          throw table.wrong(
              row, columns.completed(), "does not say whether the run completed; use 1 or 0");
    };
  }

  /** Price of each configuration an hour; one that never completed and has no price is left out. */
  private static Map<List<String>, Double> prices(
      DelimitedTable table, Columns columns, Optional<String> nodes) {
    boolean given = table.columns().contains("price_usd_h");
    Map<List<String>, Double> prices = new LinkedHashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      List<String> key = key(table, columns, row);
      if (given) {
        prices.putIfAbsent(key, nodes(table, nodes, row) * positive(table, row, "price_usd_h"));
      } else if (completed(table, columns, row)) {
        prices.putIfAbsent(
            key,
            positive(table, row, columns.cost()) / positive(table, row, columns.runtime()) * 3600);
      }
    }
    return prices;
  }

  private static double positive(DelimitedTable table, int row, String column) {
    double value = table.number(row, column);
    if (!(value > 0)) {
      throw table.wrong(row, column, "is not above 0");
    }
    return value;
  }

  /** NaN where it is not told. */
  private static double optional(DelimitedTable table, int row, String column) {
    return table.optionalNumber(row, column).isPresent()
        ? positive(table, row, column)
        : Double.NaN;
  }

  /** The column of the nodes: so called, or the first of whole numbers that is no flag. */
  private static Optional<String> nodesColumn(DelimitedTable table, Columns columns) {
    return columns.config().stream()
        .filter(NODE_COLUMNS::contains)
        .findFirst()
        .or(() -> columns.config().stream().filter(column -> isCount(table, column)).findFirst());
  }

  /** Whether all that stands there are whole numbers, and not only 0 and 1. */
  private static boolean isCount(DelimitedTable table, String column) {
    List<String> values =
        IntStream.range(0, table.rows())
            .mapToObj(row -> table.text(row, column))
            .filter(value -> !value.isEmpty())
            .toList();
    return values.stream().allMatch(value -> value.matches("\\d+"))
        && !values.stream().allMatch(value -> value.matches("0*[01]?"));
  }

  private static double nodes(DelimitedTable table, Optional<String> column, int row) {
    if (column.isEmpty()) {
      return 1;
    }
    double nodes = table.number(row, column.get());
    if (!(nodes >= 1)) {
      throw table.wrong(row, column.get(), "is less than one machine");
    }
    return nodes;
  }

  private static List<String> key(DelimitedTable table, Columns columns, int row) {
    return columns.config().stream().map(c -> table.text(row, c)).toList();
  }

  private static int compareKeys(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      boolean numbers = a.get(i).matches("\\d{1,9}") && b.get(i).matches("\\d{1,9}");
      int order =
          numbers
              ? Integer.compare(Integer.parseInt(a.get(i)), Integer.parseInt(b.get(i)))
              : a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
