package dev.tributary.predictor.online;

import java.util.Arrays;

/**
 * What the errors of one part of a job are usually like: a kernel density with kernels of Student's
 * distribution of 3 degrees of freedom, so that a ratio of two densities is bounded, and errors
 * that are narrow in most runs and wide in those with a failure are seen for what they are. Widths
 * by Silverman's rule (Density Estimation, 1986, section 3.4.2), {@value #LEAST_WIDTH} to {@value
 * #MOST_WIDTH}.
 */
final class PartDensity {
  private static final double LEAST_WIDTH = 0.05;
  private static final double MOST_WIDTH = 0.3;
  private static final double[] WEIGHTS = {0.8, 0.1, 0.1};
  private static final int[] DRIFTS = {1, 2, 4};
  private static final double SMALLEST = 1e-300;

  private final double[] errors;
  private final double width;

  /**
   * @param errors of runs, logarithms of actual over expected; NaN where a run has not this part
   */
  PartDensity(double[] errors) {
    this.errors = errors;
    double[] known = Arrays.stream(errors).filter(e -> !Double.isNaN(e)).toArray();
    double robust = DriftScore.medianDeviation(known, RidgeTrainer.median(known));
    double mean = Arrays.stream(known).average().orElse(0);
    double variance = Arrays.stream(known).map(e -> (e - mean) * (e - mean)).average().orElse(0);
    double silverman = 0.9 * Math.min(robust, Math.sqrt(variance)) * Math.pow(known.length, -0.2);
    this.width = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, silverman));
  }

  /**
   * Log-likelihood ratio of a drift against none. Most likely is the drift of half; its second and
   * fourth power are there so that a greater one is not taken for a failure.
   *
   * @param error of a part; NaN: 0, as it says nothing
   * @param without the run that the error is of, which is not to speak for itself; -1: none
   * @param sign 1 towards slower, -1 towards faster
   */
  double ratio(double error, int without, int sign) {
    if (Double.isNaN(error)) {
      return 0;
    }
    double drifted = 0;
    for (int i = 0; i < DRIFTS.length; i++) {
      drifted += WEIGHTS[i] * at(error - sign * DRIFTS[i] * DriftScore.DRIFT, without);
    }
    return Math.log(Math.max(drifted, SMALLEST) / Math.max(at(error, without), SMALLEST));
  }

  /** The density, but for a constant factor. */
  private double at(double error, int without) {
    double sum = 0;
    for (int i = 0; i < errors.length; i++) {
      double away = (error - errors[i]) / width;
      double kernel = 1 / (1 + away * away / 3);
      sum += i == without || Double.isNaN(kernel) ? 0 : kernel * kernel;
    }
    return sum;
  }
}
