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
 * @param variances of the logarithm of the repetitions of each; 0 for a single one
 * @param repetitions of each
 * @param firstRow data row of the file, from 1, in which each is first seen
 * @param contexts value of the context columns of each, as text
 * @param fixed columns that were held at one value because nothing was said of them
 * @param runs rows of the table that were used
 */
record Configurations(
    List<String> names,
    double[][] rows,
    double[] target,
    double[] variances,
    int[] repetitions,
    int[] firstRow,
    List<String> contexts,
    Map<String, String> fixed,
    int runs) {
  private static final double PRIOR_FREEDOM = 6;

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

  /**
   * Variance of the noise of each chosen configuration's median over the mean of all chosen. What
   * its own repetitions say is drawn towards the mean by {@value #PRIOR_FREEDOM} pseudo-degrees of
   * freedom (Smyth 2004, moderated variances).
   */
  double[] noise(int[] chosen) {
    double squares = 0;
    double freedom = 0;
    for (int i : chosen) {
      squares += (repetitions[i] - 1) * variances[i];
      freedom += repetitions[i] - 1;
    }
    double common = freedom > 0 && squares > 0 ? squares / freedom : 1;
    double[] noise = new double[chosen.length];
    for (int i = 0; i < noise.length; i++) {
      int own = repetitions[chosen[i]] - 1;
      double seen = own * variances[chosen[i]] / common;
      noise[i] = (PRIOR_FREEDOM + seen) / (PRIOR_FREEDOM + own) / repetitions[chosen[i]];
    }
    double mean = Arrays.stream(noise).average().orElse(1);
    return Arrays.stream(noise).map(value -> value / mean).toArray();
  }
}
