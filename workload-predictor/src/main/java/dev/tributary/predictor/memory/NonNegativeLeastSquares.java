package dev.tributary.predictor.memory;

/**
 * Least squares with coefficients of 0 or more, by coordinate descent on the normal equations
 * (Franc, Hlaváč, Navara: Sequential coordinate-wise algorithm for the non-negative least squares
 * problem, CAIP 2005).
 */
final class NonNegativeLeastSquares {
  private static final int SWEEPS = 3_000;
  private static final double CONVERGED = 1e-10;

  private NonNegativeLeastSquares() {}

  /** Coefficients that bring {@code rows · x} near to 1 in every row. */
  static double[] fitToOne(double[][] rows) {
    int width = rows[0].length;
    double[][] normal = new double[width][width];
    double[] target = new double[width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        target[i] += row[i];
        for (int j = 0; j < width; j++) {
          normal[i][j] += row[i] * row[j];
        }
      }
    }
    double[] x = new double[width];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double moved = 0;
      for (int i = 0; i < width; i++) {
        if (normal[i][i] == 0) {
          continue;
        }
        double gradient = -target[i];
        for (int j = 0; j < width; j++) {
          gradient += normal[i][j] * x[j];
        }
        double next = Math.max(0, x[i] - gradient / normal[i][i]);
        moved = Math.max(moved, Math.abs(next - x[i]) * Math.sqrt(normal[i][i]));
        x[i] = next;
      }
      if (moved < CONVERGED) {
        break;
      }
    }
    return x;
  }
}
