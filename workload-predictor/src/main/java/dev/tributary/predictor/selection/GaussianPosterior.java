package dev.tributary.predictor.selection;

/**
 * A Gaussian process over a finite set of candidates, conditioned on noisy observations of some.
 * Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), algorithm 2.1.
 */
final class GaussianPosterior {
  private static final double JITTER = 1e-9;

  private final double[][] covariance;
  private final int[] seen;
  private final double[][] factor;

  /**
   * @param covariance of all candidates
   * @param seen indices observed, in order
   * @param noise variance of each observation
   */
  GaussianPosterior(double[][] covariance, int[] seen, double[] noise) {
    this.covariance = covariance;
    this.seen = seen.clone();
    int n = seen.length;
    this.factor = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = covariance[seen[i]][seen[j]] + (i == j ? noise[i] + JITTER : 0);
        for (int k = 0; k < j; k++) {
          sum -= factor[i][k] * factor[j][k];
        }
        factor[i][j] = i == j ? Math.sqrt(Math.max(sum, JITTER)) : sum / factor[j][j];
      }
    }
  }

  /** Logarithm of the density of the residuals, less a constant. */
  double logLikelihood(double[] residuals) {
    double[] white = forward(residuals);
    double sum = 0;
    for (int i = 0; i < white.length; i++) {
      sum -= white[i] * white[i] / 2 + Math.log(factor[i][i]);
    }
    return sum;
  }

  /** Mean to be added to the prior's, and variance, of every candidate: rows of two. */
  double[][] at(double[] residuals) {
    double[] white = forward(residuals);
    double[][] result = new double[covariance.length][2];
    double[] cross = new double[seen.length];
    for (int c = 0; c < result.length; c++) {
      for (int i = 0; i < seen.length; i++) {
        cross[i] = covariance[c][seen[i]];
      }
      double[] v = forward(cross);
      double shift = 0;
      double variance = covariance[c][c];
      for (int i = 0; i < v.length; i++) {
        shift += v[i] * white[i];
        variance -= v[i] * v[i];
      }
      result[c][0] = shift;
      result[c][1] = Math.max(variance, 1e-12);
    }
    return result;
  }

  private double[] forward(double[] right) {
    double[] solved = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      double sum = right[i];
      for (int k = 0; k < i; k++) {
        sum -= factor[i][k] * solved[k];
      }
      solved[i] = sum / factor[i][i];
    }
    return solved;
  }
}
