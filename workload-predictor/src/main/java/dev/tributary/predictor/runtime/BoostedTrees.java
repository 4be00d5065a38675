package dev.tributary.predictor.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient boosting of regression trees on squared errors of the logarithm (Friedman 2001, Greedy
 * Function Approximation, algorithm 3; leaves shrunk by a ridge as in Chen and Guestrin 2016,
 * equation 5). Every split between two levels is looked at and nothing is sampled, so equal rows
 * give equal trees.
 */
final class BoostedTrees {
  private static final int TREES = 100;
  private static final int DEPTH = 3;
  private static final double SHRINKAGE = 0.15;
  private static final double RIDGE = 1;
  private static final double LEAST_GAIN = 1e-12;

  private sealed interface Node permits Split, Leaf {}

  private record Split(int feature, double threshold, Node below, Node above) implements Node {}

  private record Leaf(double value) implements Node {}

  private record Cut(int feature, double threshold, double gain) {}

  private final double[][] rows;
  private final Levels levels;
  private final double base;
  private final double[] residuals;
  private final List<Node> trees = new ArrayList<>();

  /**
   * Fits rows.
   *
   * @param logarithms of the target, one a row
   */
  BoostedTrees(double[][] rows, double[] logarithms) {
    this.rows = rows;
    this.levels = new Levels(rows);
    this.base = Arrays.stream(logarithms).average().orElseThrow();
    this.residuals = Arrays.stream(logarithms).map(value -> value - base).toArray();
    int[] all = new int[rows.length];
    Arrays.setAll(all, i -> i);
    for (int tree = 0; tree < TREES; tree++) {
      Node grown = grow(all, DEPTH);
      trees.add(grown);
      for (int i = 0; i < rows.length; i++) {
        residuals[i] -= value(grown, rows[i]);
      }
    }
  }

  /** The logarithm of the target. */
  double predict(double[] row) {
    double sum = base;
    for (Node tree : trees) {
      sum += value(tree, row);
    }
    return sum;
  }

  private static double value(Node tree, double[] row) {
    Node node = tree;
    while (node instanceof Split split) {
      node = row[split.feature()] < split.threshold() ? split.below() : split.above();
    }
    return ((Leaf) node).value();
  }

  private Node grow(int[] some, int depth) {
    double sum = 0;
    for (int i : some) {
      sum += residuals[i];
    }
    Cut best = new Cut(-1, 0, gain(sum, some.length) + LEAST_GAIN);
    for (int feature = 0; depth > 0 && feature < rows[0].length; feature++) {
      best = best(best, feature, some, sum);
    }
    if (best.feature() < 0) {
      return new Leaf(SHRINKAGE * sum / (some.length + RIDGE));
    }
    int feature = best.feature();
    double threshold = best.threshold();
    return new Split(
        feature,
        threshold,
        grow(Arrays.stream(some).filter(i -> rows[i][feature] < threshold).toArray(), depth - 1),
        grow(Arrays.stream(some).filter(i -> rows[i][feature] >= threshold).toArray(), depth - 1));
  }

  /** The better of a cut and all of one feature; equal ones leave it as it is. */
  private Cut best(Cut soFar, int feature, int[] some, double sum) {
    double[] values = levels.values(feature);
    double[] sums = new double[values.length];
    int[] counts = new int[values.length];
    for (int i : some) {
      int level = levels.level(feature, i);
      sums[level] += residuals[i];
      counts[level]++;
    }
    Cut best = soFar;
    double below = 0;
    int count = 0;
    int last = -1;
    for (int level = 0; level < values.length; level++) {
      if (counts[level] == 0) {
        continue;
      }
      double gain = gain(below, count) + gain(sum - below, some.length - count);
      if (last >= 0 && gain > best.gain()) {
        best = new Cut(feature, (values[last] + values[level]) / 2, gain);
      }
      below += sums[level];
      count += counts[level];
      last = level;
    }
    return best;
  }

  private static double gain(double sum, int count) {
    return sum * sum / (count + RIDGE);
  }
}
