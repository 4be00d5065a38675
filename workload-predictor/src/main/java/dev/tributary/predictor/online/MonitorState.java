package dev.tributary.predictor.online;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Run;
import java.util.List;
import java.util.Optional;

/**
 * All that a {@link RunMonitor} remembers. Bounded: at most {@code RunMonitor.KEPT} runs.
 *
 * @param job identity of the job
 * @param confidence probability that intervals are to cover
 * @param forgotten number of runs that were dropped from the front of {@code runs}; indices below
 *     count from the first run ever
 * @param runs finished runs, in the order of time
 * @param residuals logarithms of actual over predicted, latest last
 * @param interval levels of the two tails
 * @param drift cumulative sums
 * @param championSince first run that the champion learns from
 * @param rival the model beside the champion: a challenger or, after a promotion, the former
 *     champion
 * @param predicted runs that had a prediction
 * @param covered of those, runs inside of their interval
 * @param pending the prediction of a run that has no outcome yet
 */
public record MonitorState(
    String job,
    double confidence,
    int forgotten,
    List<Run> runs,
    List<Double> residuals,
    AdaptiveInterval interval,
    DriftDetector drift,
    int championSince,
    Optional<Rival> rival,
    int predicted,
    int covered,
    Optional<Pending> pending) {
  /** Copies. */
  public MonitorState {
    runs = List.copyOf(runs);
    residuals = List.copyOf(residuals);
  }

  /**
   * A model beside the champion.
   *
   * @param challenger whether it has yet to be promoted; else it is the former champion
   * @param since first run that it learns from
   * @param trials runs that both predicted
   * @param championError sum of the champion's absolute log errors over them
   * @param rivalError the same of the rival
   */
  public record Rival(
      boolean challenger, int since, int trials, double championError, double rivalError) {}

  /**
   * A prediction without its outcome.
   *
   * @param planned the run
   * @param prediction what was said; empty with too few runs
   */
  public record Pending(Run planned, Optional<Prediction> prediction) {}
}
