package dev.tributary.predictor.online;

import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Robust ridge regression of the logarithm of the runtime on the logarithms of the cores and of the
 * inputs: Huber weights (iteratively re-weighted least squares; Huber 1964), older runs weigh half
 * after {@value #HALF_LIFE} runs, slopes are shrunk to 0 with a prior deviation of {@value #SLOPE}.
 * For few and noisy runs, where richer models follow single failures.
 */
final class RidgeTrainer implements PointModel.Trainer {
  private static final double HALF_LIFE = 40;
  private static final double SLOPE = 0.5;
  private static final double INTERCEPT_PRECISION = 0.01;
  private static final double LEAST_SCALE = 0.05;
  private static final int ROUNDS = 8;

  @Override
  public PointModel fit(List<Run> runs) {
    List<String> inputs =
        List.copyOf(
            runs.stream()
                .collect(
                    TreeSet::new, (set, r) -> set.addAll(r.inputs().keySet()), TreeSet::addAll));
    int width = inputs.size() + 2;
    double[] centre = new double[width];
    for (int d = 1; d < width; d++) {
      int column = d;
      centre[d] =
          median(
              runs.stream()
                  .mapToDouble(r -> feature(r, inputs, column))
                  .filter(Double::isFinite)
                  .toArray());
    }
    double[][] rows = runs.stream().map(r -> row(r, inputs, centre)).toArray(double[][]::new);
    double[] values = runs.stream().mapToDouble(r -> Math.log(seconds(r.runtime()))).toArray();
    double[] beta = solve(rows, values);
    return planned -> Math.exp(product(beta, row(planned, inputs, centre)));
  }

  private static double[] solve(double[][] rows, double[] values) {
    int width = rows[0].length;
    double middle = median(values);
    double[] beta = new double[width];
    beta[0] = middle;
    double[] recent = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      recent[i] = Math.pow(0.5, (rows.length - 1.0 - i) / HALF_LIFE);
    }
    for (int round = 0; round < ROUNDS; round++) {
      double[] away = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        away[i] = Math.abs(values[i] - product(beta, rows[i]));
      }
      double scale = Math.max(1.4826 * median(away), LEAST_SCALE);
      double[] weights = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        weights[i] = recent[i] / Math.max(1, away[i] / scale);
      }
      beta = step(rows, values, weights, scale, middle);
    }
    return beta;
  }

  /** One weighted ridge regression; a slope's precision is the noise over its prior variance. */
  private static double[] step(
      double[][] rows, double[] values, double[] weights, double scale, double middle) {
    int width = rows[0].length;
    double[][] normal = new double[width][width];
    double[] right = new double[width];
    for (int d = 0; d < width; d++) {
      normal[d][d] = d == 0 ? INTERCEPT_PRECISION : scale * scale / (SLOPE * SLOPE);
    }
    right[0] = INTERCEPT_PRECISION * middle;
    for (int i = 0; i < rows.length; i++) {
      double weight = weights[i];
      for (int a = 0; a < width; a++) {
        right[a] += weight * rows[i][a] * values[i];
        for (int b = 0; b < width; b++) {
          normal[a][b] += weight * rows[i][a] * rows[i][b];
        }
      }
    }
    return eliminate(normal, right);
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  /** Solves a symmetric positive definite system by Gaussian elimination. */
  private static double[] eliminate(double[][] matrix, double[] right) {
    int n = right.length;
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        double factor = matrix[i][k] / matrix[k][k];
        for (int j = k; j < n; j++) {
          matrix[i][j] -= factor * matrix[k][j];
        }
        right[i] -= factor * right[k];
      }
    }
    double[] solved = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double sum = right[i];
      for (int j = i + 1; j < n; j++) {
        sum -= matrix[i][j] * solved[j];
      }
      solved[i] = sum / matrix[i][i];
    }
    return solved;
  }

  private static double[] row(Run run, List<String> inputs, double[] centre) {
    double[] row = new double[centre.length];
    row[0] = 1;
    for (int d = 1; d < row.length; d++) {
      double value = feature(run, inputs, d);
      row[d] = Double.isFinite(value) ? value - centre[d] : 0;
    }
    return row;
  }

  /** Base-2 logarithm; of an input below 1 in size the mirrored one, so that 0 is 0. */
  private static double feature(Run run, List<String> inputs, int column) {
    if (column == 1) {
      return Math.log(run.cluster().cores()) / Math.log(2);
    }
    Double value = run.inputs().get(inputs.get(column - 2));
    return value == null
        ? Double.NaN
        : Math.signum(value) * Math.log1p(Math.abs(value)) / Math.log(2);
  }

  static double seconds(Duration runtime) {
    return Math.max(runtime.toNanos() / 1e9, 1e-3);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? 0 : n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
