package dev.tributary.predictor.selection;

/** The standard normal distribution, accurate in the far tails too. */
final class Normal {
  private static final double SERIES_UP_TO = 3;
  private static final int FRACTION_TERMS = 60;

  private Normal() {}

  /** Density. */
  static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * Distribution function: the power series near 0, Laplace's continued fraction in the tails
   * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11 and 26.2.14).
   */
  static double cdf(double z) {
    if (z > SERIES_UP_TO) {
      return 1 - upperTail(z);
    }
    if (z < -SERIES_UP_TO) {
      return upperTail(-z);
    }
    double term = z;
    double sum = z;
    for (int n = 3; Math.abs(term) > 1e-17; n += 2) {
      term *= z * z / n;
      sum += term;
    }
    return 0.5 + density(z) * sum;
  }

  private static double upperTail(double z) {
    double fraction = z;
    for (int n = FRACTION_TERMS; n >= 1; n--) {
      fraction = z + n / fraction;
    }
    return density(z) / fraction;
  }
}
