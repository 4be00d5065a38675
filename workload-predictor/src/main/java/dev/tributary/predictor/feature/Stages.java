package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stages, their task times and skew. A stage is held open until it completes; tasks that end later
 * (speculative copies) count for the application only. Memory is bounded by the stages that run at
 * the same time, and by the number of summaries kept.
 */
final class Stages {
  /** Summaries beyond these are counted, not kept. */
  static final int MOST_KEPT = 10_000;

  private static final int MOST_OPEN = 10_000;
  private static final double MILLIS = 1000.0;

  // In the order of their ids: sums do not depend on which task ended first.
  private final Map<Long, TaskTimes> open = new TreeMap<>();
  private final BitSet closed = new BitSet();
  private final List<StageSummary> summaries = new ArrayList<>();
  private long completed;
  private long failed;
  private double weightedSkew;
  private double weight;

  void task(long stage, long attempt, long millis) {
    Long key = key(stage, attempt);
    TaskTimes times = open.get(key);
    if (times == null) {
      if (isClosed(stage, attempt) || open.size() >= MOST_OPEN) {
        return;
      }
      times = new TaskTimes();
      open.put(key, times);
    }
    times.add(millis);
  }

  void complete(Event.StageCompleted stage) {
    completed++;
    failed += stage.failure() == null ? 0 : 1;
    TaskTimes times = open.remove(key(stage.stage(), stage.attempt()));
    close(stage.stage(), stage.attempt());
    summarise(
        times == null ? new TaskTimes() : times,
        stage.stage(),
        stage.attempt(),
        stage.parents(),
        stage.submitted(),
        stage.completed(),
        stage.failure() != null);
  }

  /** Takes the stages that never completed for what they are. */
  void finish() {
    open.forEach(
        (key, times) ->
            summarise(
                times, key >> 16, key & 0xFFFF, List.of(), Event.UNKNOWN, Event.UNKNOWN, true));
    open.clear();
  }

  private void summarise(
      TaskTimes times,
      long stage,
      long attempt,
      List<Long> parents,
      long submitted,
      long ended,
      boolean hasFailed) {
    StageSummary summary =
        new StageSummary(
            stage,
            attempt,
            parents,
            times.count(),
            submitted,
            ended,
            times.sum() / MILLIS,
            times.quantile(0.5) / MILLIS,
            times.quantile(0.95) / MILLIS,
            times.max() / MILLIS,
            hasFailed);
    weightedSkew += summary.skew() * summary.taskSeconds();
    weight += summary.taskSeconds();
    if (summaries.size() < MOST_KEPT) {
      summaries.add(summary);
    }
  }

  /** Longest over median task of each stage, weighted by the stages' task time; at least 1. */
  double skew() {
    return weight > 0 ? weightedSkew / weight : 1;
  }

  long completed() {
    return completed;
  }

  long failed() {
    return failed;
  }

  /** Whether every stage has its summary. */
  boolean isComplete() {
    return summaries.size() < MOST_KEPT;
  }

  List<StageSummary> summaries() {
    return summaries;
  }

  private static long key(long stage, long attempt) {
    return (stage << 16) | (attempt & 0xFFFF);
  }

  private boolean isClosed(long stage, long attempt) {
    return attempt == 0 && stage >= 0 && stage < Integer.MAX_VALUE && closed.get((int) stage);
  }

  private void close(long stage, long attempt) {
    // Ids count from 0; a wild one from a garbled log must not reserve memory.
    if (attempt == 0 && stage >= 0 && stage < 10_000_000) {
      closed.set((int) stage);
    }
  }
}
