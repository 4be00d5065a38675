package dev.tributary.predictor.model;

/**
 * The price of being late. Certainty is cheap on some clusters and dear on others: of those that
 * keep a deadline with the probability that is asked for, the one of least cost counting this is
 * taken, and not the cheapest that only just does.
 */
public final class Lateness {
  /** What a missed deadline counts, in costs of the run. */
  private static final double MISS = 2.5;

  private static final double LEAST = 1e-12;

  private Lateness() {}

  /**
   * What a run counts that may be late: cost / p^{@value #MISS}, which near p = 1 is its cost and
   * {@value #MISS} times it for the share of runs that are late.
   *
   * @param cost above 0, in any unit
   * @param inTime probability p that it ends in time, [0, 1]
   */
  public static double counted(double cost, double inTime) {
    return cost / Math.pow(Math.max(inTime, LEAST), MISS);
  }
}
