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
 * @param target median of the repetitions of each
 * @param firstRow data row of the file, from 1, in which each is first seen
 * @param contexts value of the context columns of each, as text
 * @param fixed columns that were held at one value because nothing was said of them
 * @param runs rows of the table that were used
 */
record Configurations(
    List<String> names,
    double[][] rows,
    double[] target,
    int[] firstRow,
    List<String> contexts,
    Map<String, String> fixed,
    int runs) {
  int size() {
    return target.length;
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

  double[] targets(int[] chosen) {
    return Arrays.stream(chosen).mapToDouble(i -> target[i]).toArray();
  }
}
