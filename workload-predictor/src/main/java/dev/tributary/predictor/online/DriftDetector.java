package dev.tributary.predictor.online;

import dev.tributary.predictor.online.Verdict.Drift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two one-sided cumulative sums of standardised log errors (Page, Continuous Inspection Schemes,
 * Biometrika 1954). An allowance of {@value #ALLOWANCE} and a threshold of {@value #THRESHOLD}
 * standard deviations see a shift of two within about three runs and raise a false alarm less than
 * once in 60 runs of normal errors. An error counts for {@value #CLIP} at most: one failed executor
 * is no drift. After an alarm, and of another model, both sums begin anew.
 */
final class DriftDetector {
  private static final double ALLOWANCE = 0.5;
  private static final double THRESHOLD = 4.5;
  private static final double CLIP = 2.5;
  private static final double LEAST_DEVIATION = 0.03;

  private final List<Double> scores = new ArrayList<>();
  private final List<Integer> runs = new ArrayList<>();
  private double slower;
  private double faster;
  private int slowerSince;
  private int fasterSince;

  /**
   * An alarm.
   *
   * @param since index of the first run after the change
   */
  record Alarm(Drift drift, int since) {}

  /**
   * What errors are usually like: by the median and the greater of two robust deviations, the
   * median absolute one and that of the outer deciles.
   *
   * @param deviation of one more error around the median, above 0
   */
  record Spread(double middle, double deviation) {
    /**
     * @param reference errors of a time before, at least 2
     */
    static Spread of(double[] reference) {
      double middle = RidgeTrainer.median(reference);
      double[] away = Arrays.stream(reference).map(r -> Math.abs(r - middle)).toArray();
      double[] sorted = reference.clone();
      Arrays.sort(sorted);
      double deciles = (at(sorted, 0.9) - at(sorted, 0.1)) / 2.563;
      double deviation =
          Math.max(LEAST_DEVIATION, Math.max(1.4826 * RidgeTrainer.median(away), deciles));
      return new Spread(middle, deviation * Math.sqrt(1 + 2.0 / reference.length));
    }

    private static double at(double[] sorted, double share) {
      double at = share * (sorted.length - 1);
      int below = (int) at;
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
  }

  /**
   * Takes one run.
   *
   * @param error logarithm of actual over predicted
   * @param usual what such errors are like
   * @param run its index
   */
  Optional<Alarm> after(double error, Spread usual, int run) {
    double deviation = Math.max(LEAST_DEVIATION, usual.deviation());
    double score = Math.max(-CLIP, Math.min(CLIP, (error - usual.middle()) / deviation));
    slowerSince = slower == 0 ? scores.size() : slowerSince;
    fasterSince = faster == 0 ? scores.size() : fasterSince;
    slower = Math.max(0, slower + score - ALLOWANCE);
    faster = Math.max(0, faster - score - ALLOWANCE);
    scores.add(score);
    runs.add(run);
    if (slower <= THRESHOLD && faster <= THRESHOLD) {
      return Optional.empty();
    }
    Alarm alarm =
        slower > THRESHOLD
            ? new Alarm(Drift.SLOWER, runs.get(onset(slowerSince)))
            : new Alarm(Drift.FASTER, runs.get(onset(fasterSince)));
    restart();
    return Optional.of(alarm);
  }

  /** Forgets all runs: another model is watched. */
  void restart() {
    scores.clear();
    runs.clear();
    slower = 0;
    faster = 0;
  }

  /**
   * The start of the sum may be noise before the change: of all starts the one with the greatest
   * likelihood ratio of a shifted mean against none, S²/n.
   */
  private int onset(int from) {
    int last = scores.size() - 1;
    int onset = last;
    double greatest = 0;
    double sum = 0;
    for (int start = last; start >= from; start--) {
      sum += scores.get(start);
      double ratio = sum * sum / (last - start + 1);
      if (ratio > greatest) {
        greatest = ratio;
        onset = start;
      }
    }
    return onset;
  }
}
