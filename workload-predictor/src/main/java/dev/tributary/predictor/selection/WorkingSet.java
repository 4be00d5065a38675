package dev.tributary.predictor.selection;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A step in a job's cost: in less memory than its working set takes it costs {@code gain} more,
 * since it reads or computes again what it could have kept.
 *
 * <p>Found by least squares: the logarithm of the cost is a quadratic in the logarithms of cores
 * and of memory a core, linear in that of the size of a machine, and has a step at one of the
 * memories on offer. The step stays where it lowers the Bayesian information criterion (Schwarz,
 * Estimating the Dimension of a Model, 1978).
 *
 * @param memoryGb least total memory without the extra cost
 * @param gain natural logarithm of the cost below over the cost above, greater than 0
 */
record WorkingSet(double memoryGb, double gain) {
  private static final int FEWEST_RUNS = 16;
  private static final int FEWEST_BESIDE = 3;
  private static final double LEAST_GAIN = 0.1;
  private static final double RIDGE = 1e-6;
  private static final double STEP_RIDGE = 0.05;

  /** Variance of what no smooth curve explains. */
  private static final double FLOOR = 1e-4;

  private static final double SAME = 1 - 1e-9;

  /**
   * @param points rows of log₂ nodes, cores a node, memory a core
   * @param memoryGb total memory of each
   * @param logCosts NaN where the job did not complete
   * @return empty where no step shows, or too few runs completed to tell
   */
  static Optional<WorkingSet> find(double[][] points, double[] memoryGb, double[] logCosts) {
    int[] done = completed(logCosts);
    if (done.length < FEWEST_RUNS || !Arrays.stream(memoryGb).allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    double[] values = new double[done.length];
    double[][] smooth = new double[done.length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = logCosts[done[i]];
      smooth[i] = terms(points[done[i]]);
    }
    double least = criterion(values.length, fit(smooth, values, RIDGE)[0], 0);
    Optional<WorkingSet> found = Optional.empty();
    for (double memory : Arrays.stream(memoryGb).sorted().distinct().skip(1).toArray()) {
      double[][] rows = stepped(smooth, done, memoryGb, memory);
      long below = Arrays.stream(rows).filter(row -> row[row.length - 1] > 0).count();
      if (below >= FEWEST_BESIDE && rows.length - below >= FEWEST_BESIDE) {
        double[] fitted = fit(rows, values, STEP_RIDGE);
        double criterion = criterion(values.length, fitted[0], 2);
        if (fitted[1] > LEAST_GAIN && criterion < least) {
          least = criterion;
          found = Optional.of(new WorkingSet(memory, fitted[1]));
        }
      }
    }
    return found;
  }

  /** What it adds to the logarithm of the cost in so much memory. */
  double extra(double memory) {
    return memory < memoryGb * SAME ? gain : 0;
  }

  private static int[] completed(double[] logCosts) {
    return java.util.stream.IntStream.range(0, logCosts.length)
        .filter(i -> !Double.isNaN(logCosts[i]))
        .toArray();
  }

  private static double[] terms(double[] point) {
    double cores = point[0] + point[1];
    return new double[] {
      1, cores, cores * cores, point[1], cores * point[1], point[2], point[2] * point[2]
    };
  }

  private static double[][] stepped(
      double[][] smooth, int[] done, double[] memoryGb, double needed) {
    WorkingSet unit = new WorkingSet(needed, 1);
    double[][] rows = new double[smooth.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(smooth[i], smooth[i].length + 1);
      rows[i][smooth[i].length] = unit.extra(memoryGb[done[i]]);
    }
    return rows;
  }

  private static double criterion(int runs, double squares, int parameters) {
    return runs * Math.log(squares / runs + FLOOR) + parameters * Math.log(runs);
  }

  /** Sum of squares left and the coefficient of the last term, by ridge regression. */
  private static double[] fit(double[][] rows, double[] values, double lastRidge) {
    RealMatrix design = new Array2DRowRealMatrix(rows, false);
    RealMatrix normal = design.transpose().multiply(design);
    int last = normal.getRowDimension() - 1;
    for (int d = 0; d <= last; d++) {
      normal.addToEntry(d, d, d == last ? lastRidge : RIDGE);
    }
    double[] coefficients =
        new CholeskyDecomposition(normal, 1e-9, 0)
            .getSolver()
            .solve(new ArrayRealVector(design.preMultiply(values), false))
            .toArray();
    double squares = 0;
    double[] fitted = design.operate(coefficients);
    for (int i = 0; i < values.length; i++) {
      squares += (values[i] - fitted[i]) * (values[i] - fitted[i]);
    }
    return new double[] {squares, coefficients[last]};
  }
}
