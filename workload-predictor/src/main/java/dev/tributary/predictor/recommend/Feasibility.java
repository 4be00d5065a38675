package dev.tributary.predictor.recommend;

import dev.tributary.predictor.price.Offer;
import java.util.Map;
import java.util.Optional;

/** Whether a cluster can be had on the platform with the settings that are enforced. */
final class Feasibility {
  private Feasibility() {}

  /**
   * Why it cannot; empty where it can. What is predicted is one executor a worker, with all of its
   * cores.
   */
  static Optional<String> refused(Request request, Candidate candidate) {
    Platform platform = request.platform();
    if (!Candidates.isOn(candidate.offer(), platform)) {
      return Optional.of(
          "cannot be had on %s: %s is of another cloud"
              .formatted(platform.label(), candidate.offer().type()));
    }
    if (candidate.workers() < platform.leastWorkers()) {
      return Optional.of(
          "has fewer than the %d workers that %s wants"
              .formatted(platform.leastWorkers(), platform.label()));
    }
    return platform.setsExecutors()
        ? Optional.empty()
        : cores(candidate, request.constraints().enforced().sparkConf(), platform);
  }

  private static Optional<String> cores(
      Candidate candidate, Map<String, String> enforced, Platform platform) {
    Offer offer = candidate.offer();
    int cores = SparkConf.integer(enforced, SparkConf.CORES).orElse(offer.cores());
    if (cores > offer.cores()) {
      return Optional.of(
          "has %d cores, the enforced %s is %d".formatted(offer.cores(), SparkConf.CORES, cores));
    }
    if (cores < offer.cores()) {
      return Optional.of(
          "has %d cores, the enforced %s is %d, and %s"
              .formatted(offer.cores(), SparkConf.CORES, cores, EnforcedSettings.ONE_A_MACHINE));
    }
    int ofTask = SparkConf.integer(enforced, SparkConf.TASK_CPUS).orElse(1);
    if (ofTask > cores) {
      return Optional.of(
          "has %d cores an executor, the enforced %s is %d"
              .formatted(cores, SparkConf.TASK_CPUS, ofTask));
    }
    int most =
        platform.limitsCores()
            ? SparkConf.integer(enforced, SparkConf.MOST_CORES).orElse(Integer.MAX_VALUE)
            : Integer.MAX_VALUE;
    int all = candidate.cluster().cores();
    return all > most
        ? Optional.of(
            "has %d cores, the enforced %s is %d".formatted(all, SparkConf.MOST_CORES, most))
        : Optional.empty();
  }
}
