package dev.tributary.predictor.online;

import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pace of runs by their parts (the Spark jobs of an application, in the order of time), told
 * from how long each part usually takes: the weighted mean of the logarithms of a run's parts over
 * their medians. A part weighs 1/(s² + {@value #LEAST_SPREAD}²)², s being its spread, so that those
 * that keep their time tell and those that a failure or a spill multiplies by ten do not. What is
 * usual is told from the other runs, {@value #FOLDS} shares in turn, so that a run's own times do
 * not make its pace look steady.
 *
 * <p>A run's parts are features of it, set when it has ended.
 *
 * @param before runs of a time before with their pace for the runtime, 1 s for the usual one
 * @param ended the run that is held against them, likewise
 */
record RunParts(List<Run> before, Run ended) {
  private static final String PREFIX = "part_";
  private static final String SUFFIX = "_seconds";
  private static final double LEAST_SPREAD = 0.15;
  private static final double LEAST_SECONDS = 1e-3;
  private static final double USUAL = 0.75;
  private static final int FEWEST_PARTS = 3;
  private static final int FEWEST_TIMES = 3;
  private static final int FOLDS = 5;

  /** Of each part the median of its logarithm and its weight, 0 where it is not usual. */
  private record Usual(double[] middle, double[] weight) {}

  /** The run with its parts. */
  static Run with(Run run, List<Double> seconds) {
    Map<String, Double> features = new HashMap<>(run.features());
    for (int i = 0; i < seconds.size(); i++) {
      features.put(name(i), seconds.get(i));
    }
    return run.withFeatures(features);
  }

  /** The run and its parts, so many times as long. */
  static Run slower(Run run, double factor) {
    Map<String, Double> features = new HashMap<>(run.features());
    features.replaceAll(
        (name, value) -> name.startsWith(PREFIX) && name.endsWith(SUFFIX) ? value * factor : value);
    Duration runtime = Duration.ofNanos(Math.round(run.runtime().toNanos() * factor));
    return run.withFeatures(features).ended(run.outcome(), runtime);
  }

  /**
   * The paces.
   *
   * @return empty where fewer than {@value #FEWEST_PARTS} parts are those of most runs
   */
  static Optional<RunParts> paces(List<Run> before, Run ended) {
    double[] own = logs(ended);
    double[][] logs = before.stream().map(RunParts::logs).toArray(double[][]::new);
    Optional<Double> pace = usual(logs, -1, own.length).flatMap(usual -> pace(usual, own));
    if (pace.isEmpty()) {
      return Optional.empty();
    }
    List<Optional<Usual>> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      folds.add(usual(logs, fold, own.length));
    }
    List<Run> paced = new ArrayList<>();
    for (int i = 0; i < logs.length; i++) {
      Run run = before.get(i);
      double[] times = logs[i];
      folds
          .get(i % FOLDS)
          .flatMap(usual -> pace(usual, times))
          .ifPresent(value -> paced.add(at(run, value)));
    }
    return Optional.of(new RunParts(paced, at(ended, pace.get())));
  }

  private static Run at(Run run, double pace) {
    return run.ended(run.outcome(), Duration.ofNanos(Math.round(Math.exp(pace) * 1e9)));
  }

  private static Optional<Usual> usual(double[][] logs, int without, int parts) {
    double[] middle = new double[parts];
    double[] weight = new double[parts];
    int usual = 0;
    for (int part = 0; part < parts; part++) {
      double[] times = new double[logs.length];
      int runs = 0;
      int known = 0;
      for (int i = 0; i < logs.length; i++) {
        if (i % FOLDS != without) {
          runs++;
          if (part < logs[i].length) {
            times[known++] = logs[i][part];
          }
        }
      }
      if (known >= FEWEST_TIMES && known >= USUAL * runs) {
        DriftDetector.Spread spread = DriftDetector.Spread.of(Arrays.copyOf(times, known));
        double variance = spread.deviation() * spread.deviation() + LEAST_SPREAD * LEAST_SPREAD;
        middle[part] = spread.middle();
        weight[part] = 1 / (variance * variance);
        usual++;
      }
    }
    return usual < FEWEST_PARTS ? Optional.empty() : Optional.of(new Usual(middle, weight));
  }

  private static Optional<Double> pace(Usual usual, double[] logs) {
    double weights = 0;
    double sum = 0;
    for (int part = 0; part < Math.min(logs.length, usual.weight().length); part++) {
      weights += usual.weight()[part];
      sum += usual.weight()[part] * (logs[part] - usual.middle()[part]);
    }
    return weights == 0 ? Optional.empty() : Optional.of(sum / weights);
  }

  private static double[] logs(Run run) {
    int parts = 0;
    while (run.features().containsKey(name(parts))) {
      parts++;
    }
    double[] logs = new double[parts];
    for (int part = 0; part < parts; part++) {
      logs[part] = Math.log(Math.max(run.features().get(name(part)), LEAST_SECONDS));
    }
    return logs;
  }

  private static String name(int part) {
    return PREFIX + part + SUFFIX;
  }
}
