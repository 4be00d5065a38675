package dev.tributary.predictor.service;

/**
 * Least squares with coefficients of at least 0, by coordinate descent on the normal equations
 * (convex, so every start ends at the same residual). For the few columns of a runtime model.
 */
final class NonNegativeLeastSquares {
  private static final int MOST_SWEEPS = 2_000;
  private static final double SMALL_STEP = 1e-8;

  private NonNegativeLeastSquares() {}

  /**
   * The coefficients that minimise the squared error.
   *
   * @param rows the design matrix, row by row
   * @param targets one for each row
   * @param start where to begin, e.g. the solution of almost the same rows; at least 0
   */
  static double[] solve(double[][] rows, double[] targets, double[] start) {
    int columns = rows[0].length;
    double[][] gram = new double[columns][columns];
    double[] moment = new double[columns];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < columns; i++) {
        moment[i] += rows[r][i] * targets[r];
        for (int j = 0; j < columns; j++) {
          gram[i][j] += rows[r][i] * rows[r][j];
        }
      }
    }
    double[] solution = start.clone();
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      if (sweep(gram, moment, solution) < SMALL_STEP) {
        break;
      }
    }
    return solution;
  }

  private static double sweep(double[][] gram, double[] moment, double[] solution) {
    double greatest = 0;
    for (int i = 0; i < solution.length; i++) {
      if (gram[i][i] <= 0) {
        continue;
      }
      double gradient = moment[i];
      for (int j = 0; j < solution.length; j++) {
        gradient -= gram[i][j] * solution[j];
      }
      double next = Math.max(0, solution[i] + gradient / gram[i][i]);
      greatest = Math.max(greatest, Math.abs(next - solution[i]) * Math.sqrt(gram[i][i]));
      solution[i] = next;
    }
    return greatest;
  }
}
