package dev.tributary.predictor.selection;

import java.util.Arrays;

/**
 * What a job without a run is expected to cost on every candidate: the mean of the log-normal prior
 * (see {@link CostPrior}), raised by the share of nearby runs that did not complete.
 *
 * <p>A job of an engine that caches has, with probability {@value #CACHING}, a working set below
 * which it costs twice as much. The memory that holds it is log-uniform: {@value #LEAST_OVER_INPUT}
 * to {@value #MOST_OVER_INPUT} times the input (packed columns take less than the raw data, objects
 * two to five times as much, and six tenths of a heap are there for them: Spark's tuning guide,
 * "Memory Tuning"); where the input is not known, from the least memory on offer to {@value
 * #BEYOND} times the greatest. So memory is paid for where the data can fit into it, and not where
 * they are too large for any cluster worth its price.
 */
final class FirstCost {
  private static final double SMOOTH = 0.15;
  private static final double MEMORY_DOUBT = 0.2;
  private static final double CACHING = 0.4;
  private static final double EXTRA = 1;
  private static final double LEAST_OVER_INPUT = 0.7;
  private static final double MOST_OVER_INPUT = 8;
  private static final double BEYOND = 2;
  private static final double RISK_WEIGHT = 0.5;
  private static final double GB = 1e9;

  private FirstCost() {}

  /** In the order of the candidates. */
  static double[] of(JobDescription job, CostPrior prior) {
    double[] memory = prior.candidates().stream().mapToDouble(Candidate::memoryGb).toArray();
    boolean caches = job.mayCache() && Arrays.stream(memory).allMatch(Double::isFinite);
    double share = caches && job.inputBytes().isPresent() ? fits(job, memory, middle(memory)) : 1;
    double[][] covariance = prior.covariance(SMOOTH, MEMORY_DOUBT * Math.sqrt(share));
    double[] cost = new double[memory.length];
    for (int i = 0; i < cost.length; i++) {
      double extra = caches ? CACHING * EXTRA * (1 - fits(job, memory, memory[i])) : 0;
      cost[i] =
          Math.exp(prior.mean()[i] + covariance[i][i] / 2)
              * (1 + RISK_WEIGHT * prior.risk()[i])
              * (1 + extra);
    }
    return cost;
  }

  /** Probability that the working set is no more than so much memory. */
  private static double fits(JobDescription job, double[] offered, double memory) {
    double least = Arrays.stream(offered).min().orElseThrow();
    double most = BEYOND * Arrays.stream(offered).max().orElseThrow();
    if (job.inputBytes().isPresent()) {
      double input = job.inputBytes().getAsDouble() / GB;
      least = LEAST_OVER_INPUT * input;
      most = MOST_OVER_INPUT * input;
    }
    return Math.max(0, Math.min(1, Math.log(memory / least) / Math.log(most / least)));
  }

  private static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
