package dev.tributary.predictor.runtime;

/**
 * Least squares with coefficients that are not negative, by cyclic coordinate descent on the normal
 * equations (Franc, Hlaváč and Navara 2005, sequential coordinate-wise algorithm); convex, so it
 * ends at the optimum of Lawson and Hanson's method.
 */
public final class NonNegativeLeastSquares {
  private static final int SWEEPS = 2_000;

  private NonNegativeLeastSquares() {}

  /**
   * Coefficients of the columns of {@code design} that come nearest to {@code target}.
   *
   * @param start coefficients of at least 0, e.g. those of almost the same rows
   * @param step ends when no coefficient moves the fit by more than this
   */
  public static double[] solve(double[][] design, double[] target, double[] start, double step) {
    int columns = design[0].length;
    double[] norms = new double[columns];
    for (double[] row : design) {
      for (int j = 0; j < columns; j++) {
        norms[j] += row[j] * row[j];
      }
    }
    double[] coefficients = start.clone();
    double[] residual = target.clone();
    for (int row = 0; row < design.length; row++) {
      for (int j = 0; j < columns; j++) {
        residual[row] -= coefficients[j] * design[row][j];
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double moved = 0;
      for (int j = 0; j < columns; j++) {
        if (norms[j] > 0) {
          moved = Math.max(moved, descend(design, residual, coefficients, j, norms[j]));
        }
      }
      if (moved < step * step) {
        break;
      }
    }
    return coefficients;
  }

  private static double descend(
      double[][] design, double[] residual, double[] coefficients, int column, double norm) {
    double gradient = 0;
    for (int row = 0; row < design.length; row++) {
      gradient += design[row][column] * residual[row];
    }
    double next = Math.max(0, coefficients[column] + gradient / norm);
    double change = next - coefficients[column];
    if (change != 0) {
      coefficients[column] = next;
      for (int row = 0; row < design.length; row++) {
        residual[row] -= change * design[row][column];
      }
    }
    return change * change * norm;
  }
}
