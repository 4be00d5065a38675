package dev.tributary.predictor.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of a job's log cost on every candidate after its first completed runs: a mixture of
 * Gaussian processes, weighted by how well each explains those runs. They differ in the smooth term
 * and in a hypothesis on the working set of an engine that caches: that below some total memory
 * every candidate costs twice as much. Averaging over such settings instead of fitting them follows
 * Snoek et al., Practical Bayesian Optimization of Machine Learning Algorithms (2012), 3.2.
 */
final class CostPosterior {
  private static final double[] SMOOTH = {0.05, 0.15, 0.3};
  private static final double MEMORY_DOUBT = 0.4;
  private static final double[] WORKING_SETS = {0.25, 0.5, 0.75, 1};
  private static final double CACHING = 0.3;
  private static final double CACHE_GAIN = Math.log(2);
  private static final double LEVEL = 2;
  private static final double NOISE = 0.03;
  private static final double CENSORED_NOISE = 0.3;
  private static final double CENSORED = Math.log(1.5);

  private record Member(double logWeight, double[] mean, double[] deviation) {}

  private final List<Member> members;
  private final double best;

  /**
   * @param seen candidates tried, in order
   * @param costs log costs paid; NaN where the run did not complete; at least one did
   */
  CostPosterior(JobDescription job, CostPrior prior, int[] seen, double[] costs) {
    double worst = Arrays.stream(costs).filter(c -> !Double.isNaN(c)).max().orElseThrow();
    this.best = Arrays.stream(costs).filter(c -> !Double.isNaN(c)).min().orElseThrow();
    double[] values =
        Arrays.stream(costs).map(c -> Double.isNaN(c) ? worst + CENSORED : c).toArray();
    double[] noise =
        Arrays.stream(costs)
            .map(c -> Double.isNaN(c) ? CENSORED_NOISE * CENSORED_NOISE : NOISE * NOISE)
            .toArray();
    List<double[]> means = means(job, prior);
    this.members = new ArrayList<>();
    for (double smooth : SMOOTH) {
      double[][] covariance = prior.covariance(smooth, MEMORY_DOUBT);
      for (double[] row : covariance) {
        for (int i = 0; i < row.length; i++) {
          row[i] += LEVEL * LEVEL;
        }
      }
      GaussianPosterior process = new GaussianPosterior(covariance, seen, noise);
      for (int h = 0; h < means.size(); h++) {
        double chance =
            means.size() == 1 ? 1 : h == 0 ? 1 - CACHING : CACHING / WORKING_SETS.length;
        members.add(member(process, means.get(h), seen, values, Math.log(chance)));
      }
    }
  }

  private static Member member(
      GaussianPosterior process, double[] mean, int[] seen, double[] values, double logChance) {
    double[] residuals = new double[seen.length];
    for (int i = 0; i < seen.length; i++) {
      residuals[i] = values[i] - mean[seen[i]];
    }
    double[][] at = process.at(residuals);
    double[] means = new double[at.length];
    double[] deviations = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      means[i] = mean[i] + at[i][0];
      deviations[i] = Math.sqrt(at[i][1] + NOISE * NOISE);
    }
    return new Member(process.logLikelihood(residuals) + logChance, means, deviations);
  }

  /** The prior's mean, and it with a step below each working set that may be. */
  private static List<double[]> means(JobDescription job, CostPrior prior) {
    List<double[]> means = new ArrayList<>(List.of(prior.mean()));
    double[] memory = prior.candidates().stream().mapToDouble(Candidate::memoryGb).toArray();
    if (job.mayCache() && Arrays.stream(memory).allMatch(Double::isFinite)) {
      double[] levels = Arrays.stream(memory).sorted().distinct().toArray();
      for (double share : WORKING_SETS) {
        double needed = quantile(levels, share);
        double[] mean = prior.mean().clone();
        for (int i = 0; i < mean.length; i++) {
          mean[i] += memory[i] < needed ? CACHE_GAIN : 0;
        }
        means.add(mean);
      }
    }
    return means;
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** Probability that a run costs less than the best one by the share {@code gain}. */
  double improves(int candidate, double gain) {
    double sum = 0;
    double[] weights = weights();
    for (int m = 0; m < weights.length; m++) {
      Member member = members.get(m);
      double z = (best - gain - member.mean[candidate]) / member.deviation[candidate];
      sum += weights[m] * Normal.cdf(z);
    }
    return sum;
  }

  /** Mean and standard deviation of the mixture. */
  double[] moments(int candidate) {
    double first = 0;
    double second = 0;
    double[] weights = weights();
    for (int m = 0; m < weights.length; m++) {
      double mean = members.get(m).mean[candidate];
      double deviation = members.get(m).deviation[candidate];
      first += weights[m] * mean;
      second += weights[m] * (mean * mean + deviation * deviation);
    }
    return new double[] {first, Math.sqrt(Math.max(second - first * first, NOISE * NOISE))};
  }

  private double[] weights() {
    double most = members.stream().mapToDouble(Member::logWeight).max().orElseThrow();
    double[] weights = members.stream().mapToDouble(m -> Math.exp(m.logWeight - most)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }
}
