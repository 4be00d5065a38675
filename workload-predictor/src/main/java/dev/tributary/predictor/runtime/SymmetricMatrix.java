package dev.tributary.predictor.runtime;

/**
 * A positive definite matrix, factored as UᵀU and inverted in place of a library: every inner loop
 * runs along a row, so that the compiler makes vector instructions of it.
 */
final class SymmetricMatrix {
  private final double[][] upper;
  private final int size;

  private SymmetricMatrix(double[][] upper) {
    this.upper = upper;
    this.size = upper.length;
  }

  /**
   * Factors a matrix, of which only the upper triangle is read; null if it is not positive
   * definite.
   */
  static SymmetricMatrix factor(double[][] matrix) {
    int size = matrix.length;
    double[][] u = new double[size][];
    for (int i = 0; i < size; i++) {
      u[i] = matrix[i].clone();
    }
    for (int k = 0; k < size; k++) {
      double[] pivotRow = u[k];
      double pivot = pivotRow[k];
      if (!(pivot > 0) || Double.isInfinite(pivot)) {
        return null;
      }
      double root = Math.sqrt(pivot);
      for (int j = k; j < size; j++) {
        pivotRow[j] /= root;
      }
      for (int i = k + 1; i < size; i++) {
        subtract(u[i], pivotRow, pivotRow[i], i, size);
      }
    }
    return new SymmetricMatrix(u);
  }

  private static void subtract(double[] row, double[] other, double factor, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] -= factor * other[j];
    }
  }

  /** Half the logarithm of the determinant. */
  double halfLogDeterminant() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.log(upper[i][i]);
    }
    return sum;
  }

  /** The inverse, both triangles. */
  double[][] inverse() {
    double[][] lowerInverse = new double[size][];
    for (int i = 0; i < size; i++) {
      double[] row = new double[size];
      row[i] = 1;
      for (int k = 0; k < i; k++) {
        subtract(row, lowerInverse[k], upper[k][i], 0, k + 1);
      }
      double scale = upper[i][i];
      for (int j = 0; j <= i; j++) {
        row[j] /= scale;
      }
      lowerInverse[i] = row;
    }
    double[][] inverse = new double[size][size];
    for (int k = 0; k < size; k++) {
      double[] row = lowerInverse[k];
      for (int i = 0; i <= k; i++) {
        subtract(inverse[i], row, -row[i], 0, i + 1);
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        inverse[j][i] = inverse[i][j];
      }
    }
    return inverse;
  }

  /** Solves A x = b. */
  double[] solve(double[] right) {
    double[] x = right.clone();
    for (int i = 0; i < size; i++) {
      x[i] /= upper[i][i];
      for (int j = i + 1; j < size; j++) {
        x[j] -= upper[i][j] * x[i];
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      double sum = x[i];
      for (int j = i + 1; j < size; j++) {
        sum -= upper[i][j] * x[j];
      }
      x[i] = sum / upper[i][i];
    }
    return x;
  }

  /** The product of a square matrix with a vector. */
  static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      product[i] = dot(matrix[i], vector);
    }
    return product;
  }

  /** The inner product. */
  static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
