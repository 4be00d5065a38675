package dev.tributary.predictor.runtime;

/**
 * Ernest (Venkataraman et al., NSDI 2016, section 3): time = θ₀ + θ₁ size/n + θ₂ log n + θ₃ n, all
 * θ not negative. Rows count by their relative error. Of several sizes each has its own parallel
 * and its own serial part.
 */
final class Ernest {
  private final int scaleOut;
  private final double[] unit;
  private final double[] coefficients;

  private Ernest(int scaleOut, double[] unit, double[] coefficients) {
    this.scaleOut = scaleOut;
    this.unit = unit;
    this.coefficients = coefficients;
  }

  /** Fits rows, of which column {@code scaleOut} is the number of machines. */
  static Ernest fit(double[][] rows, int scaleOut, double[] target) {
    double[] unit = new double[rows[0].length];
    for (double[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        unit[column] = Math.max(unit[column], Math.abs(row[column]));
      }
    }
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
    return new Ernest(scaleOut, unit, NonNegativeLeastSquares.solve(design, ones));
  }

  /** The predicted value, above 0. */
  double predict(double[] row) {
    return Math.max(1e-6, SymmetricMatrix.dot(coefficients, basis(row)));
  }

  private double[] basis(double[] row) {
    double machines = row[scaleOut];
    double[] basis = new double[4 + 2 * (row.length - 1)];
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
