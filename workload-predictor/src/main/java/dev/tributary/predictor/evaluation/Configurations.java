package dev.tributary.predictor.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The distinct configurations of a table: repetitions merged.
 *
 * @param names of the feature columns; the scale-out is first
 * @param rows features of each configuration
 * @param repetitions measured values of each, at least one
 * @param firstRow data row of the file, from 1, in which each is first seen
 * @param contexts value of the context columns of each, as text
 * @param fixed columns that were held at one value because nothing was said of them
 * @param runs rows of the table that were used
 */
record Configurations(
    List<String> names,
    double[][] rows,
    List<double[]> repetitions,
    int[] firstRow,
    List<String> contexts,
    Map<String, String> fixed,
    int runs) {
  int size() {
    return rows.length;
  }

  /** Configurations by context, in the order of the context's text. */
  Map<String, int[]> byContext() {
    Map<String, int[]> grouped = new LinkedHashMap<>();
    new TreeMap<>(
            IntStream.range(0, size())
                .boxed()
                .collect(java.util.stream.Collectors.groupingBy(contexts::get)))
        .forEach((key, list) -> grouped.put(key, ints(list)));
    return grouped;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  double[][] rows(int[] chosen) {
    return Arrays.stream(chosen).mapToObj(i -> rows[i]).toArray(double[][]::new);
  }

  /** What the protocols take for the value of a configuration: the median of its repetitions. */
  double median(int configuration) {
    double[] values = repetitions.get(configuration).clone();
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /** The repetitions of the chosen, and of no other. */
  Repetitions repetitions(int[] chosen) {
    return new Repetitions(
        Arrays.stream(chosen).mapToObj(repetitions::get).toList(),
        Arrays.stream(chosen).mapToDouble(this::median).toArray());
  }
}
