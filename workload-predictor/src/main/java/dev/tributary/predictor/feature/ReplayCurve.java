package dev.tributary.predictor.feature;

import dev.tributary.predictor.run.Replay;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One run's tasks on 1, 2, 4, … slots, as features. Task times of a stage are drawn from its
 * summary: straight lines between the shortest, the median, the 95th percentile and the longest,
 * the shortest such that the sum is right. A stage waits for all stages that had ended when it was
 * submitted, so jobs and queries that the driver ran one after the other stay so.
 *
 * <p>Where stages have more tasks than are replayed, a drawn task stands for several in a row; on
 * more slots than a stage has drawn tasks its time then falls no further.
 */
final class ReplayCurve {
  /** A larger stage counts as so many tasks. */
  private static final int MOST_TASKS = 2_048;

  /** All stages together count as so many: bounds the memory and the time of a wide log. */
  static final int MOST_IN_ALL = 400_000;

  private ReplayCurve() {}

  /** Puts a value for each number of slots; 0 where the stages are not all known. */
  static void features(List<StageSummary> summaries, boolean complete, Map<String, Double> into) {
    List<SchedulerReplay.Stage> stages = complete ? stages(summaries) : List.of();
    for (int slots : Replay.SLOTS) {
      into.put(Replay.feature(slots), SchedulerReplay.seconds(stages, slots));
    }
  }

  private static List<SchedulerReplay.Stage> stages(List<StageSummary> summaries) {
    List<StageSummary> ended =
        summaries.stream()
            .filter(stage -> !stage.failed() && stage.submitted() >= 0)
            .filter(stage -> stage.completed() >= stage.submitted())
            .sorted(
                Comparator.comparingLong(StageSummary::completed)
                    .thenComparingLong(StageSummary::stage))
            .toList();
    long[] completed = ended.stream().mapToLong(StageSummary::completed).toArray();
    int most = mostTasks(ended);
    List<SchedulerReplay.Stage> stages = new ArrayList<>();
    for (int i = 0; i < completed.length; i++) {
      StageSummary stage = ended.get(i);
      stages.add(new SchedulerReplay.Stage(tasks(stage, most), before(completed, stage, i)));
    }
    return stages;
  }

  /** The most tasks that every stage may have such that all keep to {@link #MOST_IN_ALL}. */
  static int mostTasks(List<StageSummary> stages) {
    int low = 1;
    int high = MOST_TASKS;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (stages.stream().mapToLong(s -> Math.min(s.tasks(), middle)).sum() <= MOST_IN_ALL) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** How many stages had ended when one was submitted. */
  private static int before(long[] completed, StageSummary stage, int position) {
    int low = 0;
    int high = position;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (completed[middle] <= stage.submitted()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] tasks(StageSummary stage, int most) {
    int count = (int) Math.min(stage.tasks(), most);
    double[] seconds = new double[count];
    double shortest = shortest(stage);
    int stride = stride(count);
    for (int i = 0; i < count; i++) {
      // Any fixed order that brings long tasks neither first nor last.
      int rank = (int) ((long) i * stride % count);
      seconds[i] =
          rank == count - 1
              ? stage.maxTaskSeconds()
              : quantile(stage, shortest, (rank + 0.5) / count);
    }
    double sum = Arrays.stream(seconds).sum();
    for (int i = 0; i < count; i++) {
      seconds[i] *= sum > 0 ? stage.taskSeconds() / sum : 0;
    }
    return seconds;
  }

  /** Mean = 0.25 (shortest + median) + 0.225 (median + p95) + 0.025 (p95 + longest). */
  private static double shortest(StageSummary stage) {
    double mean = stage.tasks() > 0 ? stage.taskSeconds() / stage.tasks() : 0;
    double rest =
        0.475 * stage.medianTaskSeconds()
            + 0.25 * stage.p95TaskSeconds()
            + 0.025 * stage.maxTaskSeconds();
    return Math.max(0, Math.min(stage.medianTaskSeconds(), 4 * (mean - rest)));
  }

  private static double quantile(StageSummary stage, double shortest, double share) {
    if (share < 0.5) {
      return between(shortest, stage.medianTaskSeconds(), share / 0.5);
    }
    return share < 0.95
        ? between(stage.medianTaskSeconds(), stage.p95TaskSeconds(), (share - 0.5) / 0.45)
        : between(stage.p95TaskSeconds(), stage.maxTaskSeconds(), (share - 0.95) / 0.05);
  }

  private static double between(double low, double high, double part) {
    return low + part * (high - low);
  }

  /** A step near the golden section that visits every rank once. */
  private static int stride(int count) {
    int stride = Math.max(1, (int) Math.round(0.618 * count));
    while (BigInteger.valueOf(stride).gcd(BigInteger.valueOf(count)).intValue() != 1) {
      stride++;
    }
    return stride;
  }
}
