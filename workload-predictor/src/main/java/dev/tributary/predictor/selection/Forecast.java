package dev.tributary.predictor.selection;

/**
 * What a candidate would cost.
 *
 * @param candidate the candidate
 * @param logMean mean of the natural logarithm of the cost
 * @param logDeviation its standard deviation, including the noise of a run
 * @param risk share of nearby runs that did not complete, 0 to 1; 1 where a run of a known job on
 *     this very candidate did not
 */
public record Forecast(Candidate candidate, double logMean, double logDeviation, double risk) {
  /** Probability that the run takes at most {@code seconds}, given that it completes. */
  public double withinSeconds(double seconds) {
    double logRuntime = logMean - Math.log(candidate.pricePerHour() / 3600);
    return Normal.cdf((Math.log(seconds) - logRuntime) / logDeviation);
  }

  /** Expected cost of a log-normal. */
  public double expectedCost() {
    return Math.exp(logMean + logDeviation * logDeviation / 2);
  }

  /** Expected amount by which the cost falls below {@code best}. */
  public double expectedImprovement(double best) {
    double d = (Math.log(best) - logMean) / logDeviation;
    return Math.max(0, best * Normal.cdf(d) - expectedCost() * Normal.cdf(d - logDeviation));
  }
}
