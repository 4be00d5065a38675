package dev.tributary.predictor.evaluation;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.table.DelimitedTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes configurations of a table of runs.
 *
 * <p>One machine type a job, as published for C3O: where a column of machine types is neither a
 * feature nor filtered, the type with most rows is kept (of several, the first by name). Any other
 * column that was not mentioned and has one value in {@value #DOMINANT} of the rows or more is held
 * at that value: the rest are a side experiment that the features do not describe.
 */
final class ConfigurationReader {
  private static final Set<String> MACHINE_TYPES =
      Set.of("machine_type", "instance_type", "vm_type", "node_type", "machine", "vm");
  private static final double DOMINANT = 0.75;

  private final EvaluationRequest request;
  private final DelimitedTable table;
  private final Map<String, String> fixed = new LinkedHashMap<>();

  private ConfigurationReader(EvaluationRequest request) {
    this.request = request;
    this.table = DelimitedTable.read(request.runs());
  }

  static Configurations read(EvaluationRequest request) {
    return new ConfigurationReader(request).configurations();
  }

  private Configurations configurations() {
    List<Integer> kept = kept();
    List<String> features = features();
    List<String> context = contextColumns(features);
    List<Column> columns = features.stream().flatMap(f -> columns(f, kept).stream()).toList();
    Map<List<Double>, List<Integer>> grouped = new LinkedHashMap<>();
    for (int row : kept) {
      List<Double> key = columns.stream().map(column -> column.of(row)).toList();
      grouped.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
    }
    List<List<Integer>> groups = List.copyOf(grouped.values());
    return new Configurations(
        columns.stream().map(Column::name).toList(),
        grouped.keySet().stream().map(ConfigurationReader::array).toArray(double[][]::new),
        groups.stream().map(this::values).toList(),
        groups.stream().mapToInt(rows -> rows.get(0) + 1).toArray(),
        groups.stream().map(rows -> context(rows.get(0), context)).toList(),
        Collections.unmodifiableMap(new LinkedHashMap<>(fixed)),
        kept.size());
  }

  private List<Integer> kept() {
    if (table.rows() == 0) {
      throw PredictorException.usage(
          request.runs() + " has no rows", "there is nothing below its header", "give a row a run");
    }
    List<Integer> kept = IntStream.range(0, table.rows()).boxed().toList();
    for (Map.Entry<String, String> filter : request.filters().entrySet()) {
      kept = where(kept, filter.getKey(), filter.getValue());
    }
    Set<String> mentioned = new LinkedHashSet<>(features());
    mentioned.addAll(request.context());
    mentioned.addAll(request.filters().keySet());
    mentioned.add(request.target());
    List<String> silent =
        table.columns().stream()
            .filter(column -> !mentioned.contains(column))
            .sorted(Comparator.comparing(column -> MACHINE_TYPES.contains(column) ? 0 : 1))
            .toList();
    for (String column : silent) {
      kept = hold(kept, column);
    }
    if (kept.isEmpty()) {
      throw PredictorException.usage(
          "No row of " + request.runs() + " is left",
          "the filters are " + request.filters(),
          "give values that the table has");
    }
    return kept;
  }

  private List<Integer> hold(List<Integer> kept, String column) {
    Map<String, Long> counts =
        kept.stream()
            .collect(
                Collectors.groupingBy(
                    row -> table.text(row, column), TreeMap::new, Collectors.counting()));
    if (counts.size() < 2) {
      return kept;
    }
    String commonest = "";
    long most = 0;
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      if (count.getValue() > most) {
        commonest = count.getKey();
        most = count.getValue();
      }
    }
    if (!MACHINE_TYPES.contains(column) && most < DOMINANT * kept.size()) {
      return kept;
    }
    fixed.put(column, commonest);
    return where(kept, column, commonest);
  }

  private List<Integer> where(List<Integer> rows, String column, String value) {
    return rows.stream().filter(row -> same(table.text(row, column), value)).toList();
  }

  private static boolean same(String left, String right) {
    if (left.equals(right)) {
      return true;
    }
    try {
      return Double.parseDouble(left) == Double.parseDouble(right);
    } catch (NumberFormatException text) {
      return false;
    }
  }

  private List<String> features() {
    Set<String> features = new LinkedHashSet<>();
    features.add(request.scaleOut());
    features.addAll(request.features());
    return List.copyOf(features);
  }

  private List<String> contextColumns(List<String> features) {
    if (!request.context().isEmpty()) {
      return request.context();
    }
    return switch (request.protocol()) {
      case LOCAL -> features.subList(Math.min(2, features.size()), features.size());
      default -> features.subList(1, features.size());
    };
  }

  private record Column(String name, DelimitedTable table, String source, String category) {
    double of(int row) {
      if (category == null) {
        return table.number(row, source);
      }
      return table.text(row, source).equals(category) ? 1 : 0;
    }
  }

  /** A numeric column as it is; one of text as an indicator for each value but the first. */
  private List<Column> columns(String feature, List<Integer> kept) {
    if (feature.equals(request.scaleOut()) || table.isNumeric(feature)) {
      return List.of(new Column(feature, table, feature, null));
    }
    return kept.stream()
        .map(row -> table.text(row, feature))
        .distinct()
        .sorted()
        .skip(1)
        .map(value -> new Column(feature + "=" + value, table, feature, value))
        .toList();
  }

  private String context(int row, List<String> columns) {
    return columns.stream()
        .map(column -> column + "=" + table.text(row, column))
        .collect(Collectors.joining(","));
  }

  private double[] values(List<Integer> rows) {
    double[] values =
        rows.stream().mapToDouble(row -> table.number(row, request.target())).toArray();
    for (double value : values) {
      if (!(value > 0)) {
        throw PredictorException.usage(
            "The target %s of %s has the value %s"
                .formatted(request.target(), request.runs(), value),
            "errors are relative, so it must be above 0",
            "filter these rows out");
      }
    }
    return values;
  }

  private static double[] array(List<Double> list) {
    return Arrays.stream(list.toArray(Double[]::new)).mapToDouble(Double::doubleValue).toArray();
  }
}
