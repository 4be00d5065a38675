package dev.tributary.predictor.runtime;

/**
 * Ernest (Venkataraman et al., NSDI 2016, section 3): time = θ₀ + θ₁ size/n + θ₂ log n + θ₃ n, all
 * θ not negative. Rows count by their relative error. Of several sizes each has its own parallel
 * and its own serial part. Without a scale-out, or with one that never changed, n is 1.
 */
final class Ernest {
  private static final double SMALLEST_STEP = 1e-5;

  private final int scaleOut;
  private final double[] unit;
  private final double[] coefficients;

  private Ernest(int scaleOut, double[] unit, double[] coefficients) {
    this.scaleOut = scaleOut;
    this.unit = unit;
    this.coefficients = coefficients;
  }

  /**
   * Fits rows. The search starts at 0: from a fit to more rows, those left out would show through
   * where the others leave coefficients open.
   *
   * @param scaleOut column of the number of machines, or −1 for none
   */
  static Ernest fit(double[][] rows, int scaleOut, double[] target) {
    double[] unit = greatest(rows);
    Ernest blank = new Ernest(scaleOut, unit, null);
    double[][] design = new double[rows.length][];
    double[] ones = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      design[i] = blank.basis(rows[i]);
      for (int j = 0; j < design[i].length; j++) {
        design[i][j] /= target[i];
      }
      ones[i] = 1;
    }
    double[] start = new double[design[0].length];
    return new Ernest(
        scaleOut, unit, NonNegativeLeastSquares.solve(design, ones, start, SMALLEST_STEP));
  }

  private static double[] greatest(double[][] rows) {
    double[] greatest = new double[rows[0].length];
    for (double[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        greatest[column] = Math.max(greatest[column], Math.abs(row[column]));
      }
    }
    return greatest;
  }

  /** The predicted value, above 0. */
  double predict(double[] row) {
    return Math.max(1e-6, SymmetricMatrix.dot(coefficients, basis(row)));
  }

  private double[] basis(double[] row) {
    double machines = scaleOut < 0 ? 1 : row[scaleOut];
    double[] basis = new double[4 + 2 * (scaleOut < 0 ? row.length : row.length - 1)];
    basis[0] = 1;
    basis[1] = 1 / machines;
    basis[2] = Math.log(machines);
    basis[3] = machines;
    int at = 4;
    for (int column = 0; column < row.length; column++) {
      if (column != scaleOut) {
        double size = Math.max(0, unit[column] > 0 ? row[column] / unit[column] : 0);
        basis[at++] = size / machines;
        basis[at++] = size;
      }
    }
    return basis;
  }
}
