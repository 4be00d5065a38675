package dev.tributary.predictor.online;

import dev.tributary.predictor.online.Verdict.Drift;
import java.util.Optional;

/**
 * Two one-sided cumulative sums of log-likelihood ratios (Page, Continuous Inspection Schemes,
 * Biometrika 1954): of runs that a drift has moved against usual ones, both normal. The shift
 * looked for is {@value #SHARE} of what a drift of half makes, but {@value #LEAST_SHIFT} to {@value
 * #MOST_SHIFT} deviations: a quiet job is not to be alarmed by what would be usual in a noisy one.
 * A ratio counts for {@value #BOUND} at most, so an alarm takes three runs, and one odd run neither
 * makes nor undoes it. After an alarm, and of another model, both sums begin anew. Alarms to one
 * side are of one change until a run does not speak for it.
 */
final class DriftDetector {
  private static final double SHARE = 0.5;
  private static final double LEAST_SHIFT = 1.25;
  private static final double MOST_SHIFT = 2;
  private static final double BOUND = 1.5;
  private static final double THRESHOLD = 3;

  private final Sum slower = new Sum();
  private final Sum faster = new Sum();

  /**
   * An alarm.
   *
   * @param since index of the first run after the change: the likeliest one, where the sum last
   *     left 0
   * @param again whether every run since an alarm to the same side spoke for the drift too: it is
   *     the same change
   */
  record Alarm(Drift drift, int since, boolean again) {}

  private static final class Sum {
    private double value;
    private int since;
    private boolean told;

    void add(DriftScore score, int run) {
      double ratio = ratio(score);
      since = value == 0 ? run : since;
      value = Math.max(0, value + ratio);
      told = told && ratio > 0;
    }

    boolean isOver() {
      return value > THRESHOLD;
    }

    Alarm alarm(Drift drift) {
      Alarm alarm = new Alarm(drift, since, told);
      value = 0;
      told = true;
      return alarm;
    }

    void restart() {
      value = 0;
      told = false;
    }
  }

  /**
   * Takes one run.
   *
   * @param run its index
   */
  Optional<Alarm> after(DriftScore.Sides scores, int run) {
    slower.add(scores.slower(), run);
    faster.add(scores.faster(), run);
    if (slower.isOver()) {
      faster.restart();
      return Optional.of(slower.alarm(Drift.SLOWER));
    }
    if (faster.isOver()) {
      slower.restart();
      return Optional.of(faster.alarm(Drift.FASTER));
    }
    return Optional.empty();
  }

  /** Forgets all runs: another model is watched. */
  void restart() {
    slower.restart();
    faster.restart();
  }

  private static double ratio(DriftScore score) {
    double shift = Math.max(LEAST_SHIFT, Math.min(MOST_SHIFT, SHARE * score.ofDrift()));
    double ratio = shift * (score.deviations() - shift / 2);
    return Math.max(-BOUND, Math.min(BOUND, ratio));
  }
}
