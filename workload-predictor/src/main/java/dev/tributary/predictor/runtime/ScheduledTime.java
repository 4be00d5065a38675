package dev.tributary.predictor.runtime;

import dev.tributary.predictor.run.Replay;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a job's time changes with cores, from scheduler replays of its recorded runs: the tasks' part
 * by the replay, the rest (the driver's own time) as it was. The geometric mean of all runs, each
 * relative to its own time; between two numbers of slots a straight line on logarithms.
 */
final class ScheduledTime {
  /** Some 30,000 years; no run takes longer. */
  private static final double MOST_SECONDS = 1e12;

  /** Logarithm of the time on each of {@link Replay#SLOTS} over that of the run. */
  private final double[] logarithms;

  private ScheduledTime(double[] logarithms) {
    this.logarithms = logarithms;
  }

  /** The shape that runs have; empty where one of them lacks a part of it. */
  static Optional<ScheduledTime> of(List<Run> runs) {
    List<double[]> curves = new ArrayList<>();
    for (Run run : runs) {
      double[] tasks =
          Replay.SLOTS.stream()
              .mapToDouble(slots -> run.features().getOrDefault(Replay.feature(slots), 0.0))
              .toArray();
      if (!Arrays.stream(tasks).allMatch(seconds -> seconds > 0 && seconds <= MOST_SECONDS)) {
        return Optional.empty();
      }
      curves.add(relative(tasks, run));
    }
    double[] mean = new double[Replay.SLOTS.size()];
    for (double[] curve : curves) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += curve[i] / curves.size();
      }
    }
    return curves.isEmpty() ? Optional.empty() : Optional.of(new ScheduledTime(mean));
  }

  /** Where the replay takes longer than the run did, all of it counts in proportion. */
  private static double[] relative(double[] tasks, Run run) {
    double[] logarithms = new double[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      logarithms[i] = Math.log(tasks[i]);
    }
    double replayed = Math.exp(between(logarithms, run.cluster().cores()));
    double seconds = Math.max(replayed, run.runtime().toNanos() / 1e9);
    double[] relative = new double[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      relative[i] = Math.log((seconds - replayed + tasks[i]) / seconds);
    }
    return relative;
  }

  /** Time on so many cores over that of the recorded runs. */
  double relative(int cores) {
    return Math.exp(between(logarithms, cores));
  }

  private static double between(double[] values, int cores) {
    double position = Math.max(0, Math.min(values.length - 1.0, Math.log(cores) / Math.log(2)));
    int below = (int) Math.min(values.length - 2.0, Math.floor(position));
    double part = position - below;
    return (1 - part) * values[below] + part * values[below + 1];
  }
}
