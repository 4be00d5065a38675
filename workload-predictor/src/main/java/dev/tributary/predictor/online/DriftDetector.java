package dev.tributary.predictor.online;

import java.util.Arrays;

/**
 * Two one-sided cumulative sums of standardised residuals (Page, Continuous Inspection Schemes,
 * Biometrika 1954). An allowance of {@value #ALLOWANCE} and a threshold of {@value #THRESHOLD}
 * standard deviations see a shift of two within about three runs and raise a false alarm less than
 * once in 60 runs of normal residuals. A residual counts for {@value #CLIP} at most: one failed
 * executor is no drift.
 *
 * @param slower sum of runs slower than predicted
 * @param faster sum of runs faster than predicted
 * @param slowerSince index of the run at which the sum last left 0; the maximum-likelihood start of
 *     a drift
 * @param fasterSince the same for the other sum
 */
public record DriftDetector(double slower, double faster, int slowerSince, int fasterSince) {
  private static final double ALLOWANCE = 0.5;
  private static final double THRESHOLD = 4.5;
  private static final double CLIP = 2.5;
  private static final double LEAST_DEVIATION = 0.03;

  static DriftDetector atRest(int run) {
    return new DriftDetector(0, 0, run, run);
  }

  /**
   * Standardises by the median and the greater of two robust deviations: the median absolute one
   * and that of the outer deciles.
   *
   * @param reference residuals of a time before, at least 2
   */
  static double standardise(double residual, double[] reference) {
    double middle = RidgeTrainer.median(reference);
    double[] away = Arrays.stream(reference).map(r -> Math.abs(r - middle)).toArray();
    double[] sorted = reference.clone();
    Arrays.sort(sorted);
    double deciles = (at(sorted, 0.9) - at(sorted, 0.1)) / 2.563;
    double deviation =
        Math.max(LEAST_DEVIATION, Math.max(1.4826 * RidgeTrainer.median(away), deciles))
            * Math.sqrt(1 + 2.0 / reference.length);
    return Math.max(-CLIP, Math.min(CLIP, (residual - middle) / deviation));
  }

  /**
   * @param standardised from {@link #standardise}
   * @param run index of the run
   */
  DriftDetector after(double standardised, int run) {
    double up = Math.max(0, slower + standardised - ALLOWANCE);
    double down = Math.max(0, faster - standardised - ALLOWANCE);
    return new DriftDetector(
        up, down, slower == 0 ? run : slowerSince, faster == 0 ? run : fasterSince);
  }

  boolean isSlower() {
    return slower > THRESHOLD;
  }

  boolean isFaster() {
    return faster > THRESHOLD;
  }

  private static double at(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
