package dev.tributary.predictor.runtime;

import dev.tributary.predictor.runtime.GaussianProcess.LogNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Boosted trees with the spread of their errors by cross-validation. What they would have said of a
 * row without it comes from trees fitted without its fold; of a context, from trees without the
 * contexts of its fold.
 */
final class BoostedTreesMember implements Member {
  private static final int FOLDS = 10;
  private static final double LEAST_DEVIATION = 1e-3;

  private final Design design;
  private final double[] logarithms;
  private final BoostedTrees fitted;
  private final int[] foldOfRow;
  private final int[] foldOfContext;
  private final BoostedTrees[] withoutRows = new BoostedTrees[FOLDS];
  private final BoostedTrees[] withoutContexts = new BoostedTrees[FOLDS];
  private final double deviation;

  /**
   * Fits rows in the order of {@link Design#sorted}.
   *
   * @param seed of the folds
   */
  BoostedTreesMember(Design design, long seed) {
    this.design = design;
    this.logarithms = Arrays.stream(design.target()).map(Math::log).toArray();
    int[] all = IntStream.range(0, logarithms.length).toArray();
    this.fitted = fit(all);
    this.foldOfRow = folds(Arrays.stream(all).mapToObj(i -> new int[] {i}).toList(), seed);
    this.foldOfContext = folds(List.copyOf(design.contexts().values()), seed);
    double squares = 0;
    for (int i : all) {
      double error = logarithms[i] - without(i, foldOfRow, withoutRows);
      squares += error * error;
    }
    this.deviation = Math.sqrt(squares / all.length) + LEAST_DEVIATION;
  }

  private int[] folds(List<int[]> groups, long seed) {
    List<int[]> shuffled = new ArrayList<>(groups);
    Collections.shuffle(shuffled, new Random(seed));
    int[] folds = new int[logarithms.length];
    for (int group = 0; group < shuffled.size(); group++) {
      for (int row : shuffled.get(group)) {
        folds[row] = group % FOLDS;
      }
    }
    return folds;
  }

  private BoostedTrees fit(int[] some) {
    double[][] rows = Arrays.stream(some).mapToObj(i -> design.rows()[i]).toArray(double[][]::new);
    return new BoostedTrees(rows, Arrays.stream(some).mapToDouble(i -> logarithms[i]).toArray());
  }

  private double without(int row, int[] folds, BoostedTrees[] trees) {
    int fold = folds[row];
    if (trees[fold] == null) {
      int[] rest = IntStream.range(0, folds.length).filter(i -> folds[i] != fold).toArray();
      if (rest.length == 0) {
        return Double.NaN;
      }
      trees[fold] = fit(rest);
    }
    return trees[fold].predict(design.rows()[row]);
  }

  @Override
  public LogNormal predict(double[] row) {
    return new LogNormal(fitted.predict(row), deviation);
  }

  /** A block is one row or one whole context. */
  @Override
  public LogNormal[] withoutBlock(int[] block) {
    boolean single = block.length == 1;
    LogNormal[] left = new LogNormal[block.length];
    for (int i = 0; i < block.length; i++) {
      double mean =
          single
              ? without(block[i], foldOfRow, withoutRows)
              : without(block[i], foldOfContext, withoutContexts);
      if (Double.isNaN(mean)) {
        return null;
      }
      left[i] = new LogNormal(mean, deviation);
    }
    return left;
  }
}
