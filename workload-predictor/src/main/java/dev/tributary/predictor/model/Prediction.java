package dev.tributary.predictor.model;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A predicted quantity with its interval.
 *
 * @param expected the best single value, in the unit of the target (seconds, MB, or a share)
 * @param lower lower end of the interval
 * @param upper upper end of the interval; at least {@code expected}
 * @param confidence probability that the interval is to cover, (0, 1)
 * @param known false when the question lies outside of what the model has seen: its caller falls
 *     back to the known-safe configuration
 * @param model which model answered, e.g. {@code gaussian-process}
 * @param reason one sentence: why this model, or why it is not known
 */
public record Prediction(
    double expected,
    double lower,
    double upper,
    double confidence,
    boolean known,
    String model,
    String reason) {
  /** What is asked of a bound or an interval where nobody says otherwise. */
  public static final double CONFIDENCE = 0.9;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** Checks the order. */
  public Prediction {
    if (!(lower <= expected && expected <= upper)) {
      throw new IllegalArgumentException(
          "not an interval around its value: %s ≤ %s ≤ %s".formatted(lower, expected, upper));
    }
  }

  /**
   * The probability of no more than a limit, for a positive quantity of which either end of the
   * interval is missed with equal probability: its logarithm is taken for normal, as wide as the
   * upper end says.
   *
   * @param limit above 0, in the unit of the target
   */
  public double probabilityWithin(double limit) {
    if (upper == expected) {
      return limit >= expected ? 1 : 0;
    }
    double deviation =
        Math.log(upper / expected) / NORMAL.inverseCumulativeProbability((1 + confidence) / 2);
    return NORMAL.cumulativeProbability(Math.log(limit / expected) / deviation);
  }
}
