package dev.tributary.predictor.evaluation;

import dev.tributary.predictor.model.Prediction;
import java.util.Arrays;

/**
 * The step in which a quantity was recorded, such as whole minutes.
 *
 * <p>A value recorded in steps is a multiple of the step, and so is the median of its distribution:
 * the prediction of least absolute error is the nearest multiple. Intervals stay as they are.
 *
 * @param step above 0; 0 where values lie anywhere
 */
record Resolution(double step) {
  /** Values are looked at as multiples of this. */
  private static final double FINEST = 1e-3;

  private static final double EXACT = 1e-4;

  /** So many even numbers by chance are one case in 32,768. */
  private static final int FEWEST_DISTINCT = 16;

  /**
   * The greatest step of which all values are multiples; none with fewer than {@value
   * #FEWEST_DISTINCT} distinct values, or where some are no multiple of {@value #FINEST}.
   */
  static Resolution of(double[] values) {
    double[] distinct = Arrays.stream(values).distinct().toArray();
    long divisor = 0;
    for (double value : distinct) {
      long units = Math.round(value / FINEST);
      if (Math.abs(value / FINEST - units) > EXACT) {
        return new Resolution(0);
      }
      divisor = greatestCommonDivisor(divisor, units);
    }
    return new Resolution(distinct.length < FEWEST_DISTINCT ? 0 : divisor * FINEST);
  }

  private static long greatestCommonDivisor(long left, long right) {
    return right == 0 ? left : greatestCommonDivisor(right, left % right);
  }

  /** The prediction of the value as it will be recorded. */
  Prediction recorded(Prediction prediction) {
    if (step == 0) {
      return prediction;
    }
    double expected = Math.max(step, step * Math.rint(prediction.expected() / step));
    return new Prediction(
        expected,
        Math.min(expected, prediction.lower()),
        Math.max(expected, prediction.upper()),
        prediction.confidence(),
        prediction.known(),
        prediction.model(),
        prediction.reason());
  }
}
