package dev.tributary.predictor.feature;

import java.util.List;

/**
 * One attempt of a stage, enough to replay its tasks on another number of cores.
 *
 * @param stage id
 * @param attempt 0 for the first
 * @param parents ids of the stages it waits for
 * @param tasks task tries that ended
 * @param submitted epoch ms; −1 where unknown
 * @param completed epoch ms; −1 where it never ended
 * @param taskSeconds sum of the durations of its tasks
 * @param medianTaskSeconds median duration
 * @param p95TaskSeconds 95th percentile
 * @param maxTaskSeconds longest
 * @param failed whether it failed
 */
public record StageSummary(
    long stage,
    long attempt,
    List<Long> parents,
    long tasks,
    long submitted,
    long completed,
    double taskSeconds,
    double medianTaskSeconds,
    double p95TaskSeconds,
    double maxTaskSeconds,
    boolean failed) {
  /** Copies. */
  public StageSummary {
    parents = List.copyOf(parents);
  }

  /** Longest over median task; 1 when all took the same or nothing. */
  public double skew() {
    return medianTaskSeconds > 0 ? maxTaskSeconds / medianTaskSeconds : 1;
  }
}
