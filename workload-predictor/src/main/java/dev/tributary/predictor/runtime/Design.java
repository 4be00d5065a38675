package dev.tributary.predictor.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a model is fitted to.
 *
 * @param names of the features, in order of the columns
 * @param scaleOut column of the number of machines, or −1 if there is none
 * @param rows features, finite, a row a run; at least one
 * @param target values to fit, above 0
 * @param noise variance of the relative noise of each value over the common one, above 0: more than
 *     1 where repetitions lay far apart; 1 throughout where nothing is known
 * @param recorded what predictions are held to, above 0, one a row: intervals are to cover such
 *     values. The target itself, but where that is a less noisy estimate from the same repetitions
 */
public record Design(
    List<String> names,
    int scaleOut,
    double[][] rows,
    double[] target,
    double[] noise,
    double[] recorded) {
  /** Values that are all as noisy, and what predictions are held to. */
  public Design(List<String> names, int scaleOut, double[][] rows, double[] target) {
    this(
        names, scaleOut, rows, target, DoubleStream.generate(() -> 1).limit(rows.length).toArray());
  }

  /** Values that predictions are held to. */
  public Design(
      List<String> names, int scaleOut, double[][] rows, double[] target, double[] noise) {
    this(names, scaleOut, rows, target, noise, target);
  }

  /** Checks the shape. */
  public Design {
    names = List.copyOf(names);
    if (noise.length != rows.length || !Arrays.stream(noise).allMatch(n -> n > 0 && n < 1e9)) {
      throw new IllegalArgumentException("the noise is one number above 0 a row");
    }
    if (recorded.length != rows.length || !Arrays.stream(recorded).allMatch(Design::isPositive)) {
      throw new IllegalArgumentException("what was recorded is one finite value above 0 a row");
    }
    if (rows.length == 0 || rows.length != target.length) {
      throw new IllegalArgumentException(
          "a design has as many rows as values, at least one, not %d and %d"
              .formatted(rows.length, target.length));
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != names.size() || !Arrays.stream(rows[i]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("row " + i + " is not one finite number a feature");
      }
      if (!isPositive(target[i])) {
        throw new IllegalArgumentException("the value of row " + i + " is " + target[i]);
      }
    }
  }

  private static boolean isPositive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  /** The same rows in an order that depends on nothing but their values. */
  Design sorted() {
    Comparator<Integer> order = (left, right) -> Arrays.compare(rows[left], rows[right]);
    int[] sorted =
        IntStream.range(0, rows.length)
            .boxed()
            .sorted(
                order
                    .thenComparing(i -> target[i])
                    .thenComparing(i -> noise[i])
                    .thenComparing(i -> recorded[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return only(sorted);
  }

  /** Some of the rows. */
  Design only(int[] chosen) {
    double[][] some = new double[chosen.length][];
    double[] values = new double[chosen.length];
    double[] noises = new double[chosen.length];
    double[] records = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      some[i] = rows[chosen[i]];
      values[i] = target[chosen[i]];
      noises[i] = noise[chosen[i]];
      records[i] = recorded[chosen[i]];
    }
    return new Design(names, scaleOut, some, values, noises, records);
  }

  /** Everything about a row but its scale-out: what the job was asked to do. */
  List<Double> context(double[] row) {
    List<Double> context = new ArrayList<>();
    for (int column = 0; column < row.length; column++) {
      if (column != scaleOut) {
        context.add(row[column]);
      }
    }
    return context;
  }

  /** Row numbers by context. */
  Map<List<Double>, int[]> contexts() {
    Map<List<Double>, List<Integer>> grouped = new LinkedHashMap<>();
    for (int i = 0; i < rows.length; i++) {
      grouped.computeIfAbsent(context(rows[i]), key -> new ArrayList<>()).add(i);
    }
    Map<List<Double>, int[]> contexts = new LinkedHashMap<>();
    grouped.forEach(
        (key, list) -> contexts.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
    return contexts;
  }
}
