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
 * How a run's parts (the Spark jobs of an application, in the order of time) speak for a drift that
 * slows or speeds them all: the weighted sum of their log-likelihood ratios ({@link PartDensity}),
 * each part held against what it took in runs before on such a cluster and inputs. Parts that go
 * slow and fast together, as iterations do, are repeated measures of one thing: a part weighs 1
 * over the sum of its squared correlations with all parts, of which it is one.
 *
 * <p>A run's parts are features of it, set when it has ended.
 *
 * @param errors by part and run: logarithms of actual over expected; NaN where a run has not the
 *     part
 * @param ended the same of the run in question, by part
 */
record RunParts(double[][] errors, double[] ended) {
  private static final String PREFIX = "part_";
  private static final String SUFFIX = "_seconds";
  private static final double MOST = 0.75;
  private static final int FEWEST_PARTS = 3;

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
   * The parts of a run beside those of runs before.
   *
   * @param before finished runs in the order of time
   * @param latest how many of them, the latest, tell what errors are usual
   * @return empty where the run has fewer than {@value #FEWEST_PARTS} parts that most runs have, or
   *     these are so much less of it than of most runs that the others alone could be a drift
   */
  static Optional<RunParts> of(
      List<Run> before, Run ended, int latest, PointModel.Trainer trainer) {
    List<Run> usual = before.subList(Math.max(0, before.size() - latest), before.size());
    List<String> parts =
        names(ended).stream()
            .filter(part -> usual.stream().filter(r -> has(r, part)).count() >= MOST * usual.size())
            .toList();
    if (parts.size() < FEWEST_PARTS || isMostlyNew(parts, usual, ended)) {
      return Optional.empty();
    }
    double[][] errors = new double[parts.size()][];
    double[] own = new double[parts.size()];
    for (int i = 0; i < own.length; i++) {
      String part = parts.get(i);
      PointModel model =
          trainer.fit(before.stream().filter(r -> has(r, part)).map(r -> of(r, part)).toList());
      errors[i] = usual.stream().mapToDouble(r -> error(model, r, part)).toArray();
      own[i] = error(model, ended, part);
    }
    return Optional.of(new RunParts(errors, own));
  }

  /** Whether the run would be longer by over half of the drift looked for, were its parts usual. */
  private static boolean isMostlyNew(List<String> parts, List<Run> usual, Run ended) {
    double known = RidgeTrainer.median(usual.stream().mapToDouble(r -> share(r, parts)).toArray());
    return share(ended, parts) * Math.exp(DriftScore.DRIFT / 2) < known;
  }

  /** Of a run's time, what these parts took. */
  private static double share(Run run, List<String> parts) {
    double seconds =
        parts.stream().mapToDouble(part -> run.features().getOrDefault(part, 0.0)).sum();
    return seconds / RidgeTrainer.seconds(run.runtime());
  }

  /** How far the run lies towards slower and towards faster. */
  DriftScore.Sides scores() {
    PartDensity[] densities =
        Arrays.stream(errors).map(PartDensity::new).toArray(PartDensity[]::new);
    return new DriftScore.Sides(score(densities, 1), score(densities, -1));
  }

  private DriftScore score(PartDensity[] densities, int sign) {
    int runs = errors[0].length;
    double[][] ratios = new double[ended.length][runs];
    double[][] drifted = new double[ended.length][runs];
    double[] own = new double[ended.length];
    for (int part = 0; part < own.length; part++) {
      PartDensity density = densities[part];
      own[part] = density.ratio(ended[part], -1, sign);
      for (int run = 0; run < runs; run++) {
        double error = errors[part][run];
        ratios[part][run] = density.ratio(error, run, sign);
        drifted[part][run] = density.ratio(error + sign * DriftScore.DRIFT, run, sign);
      }
    }
    double[] weights = weights(ratios);
    double[] usual = new double[runs];
    double[] moved = new double[runs];
    double value = 0;
    for (int part = 0; part < own.length; part++) {
      value += weights[part] * own[part];
      for (int run = 0; run < runs; run++) {
        usual[run] += weights[part] * ratios[part][run];
        moved[run] += weights[part] * drifted[part][run];
      }
    }
    return DriftScore.of(value, usual, RidgeTrainer.median(moved));
  }

  /** One over the sum of squared correlations, by part. */
  private static double[] weights(double[][] ratios) {
    double[][] unit = Arrays.stream(ratios).map(RunParts::standardised).toArray(double[][]::new);
    double[] weights = new double[unit.length];
    for (int a = 0; a < unit.length; a++) {
      double squares = 1;
      for (int b = 0; b < unit.length; b++) {
        double correlation = b == a ? 0 : product(unit[a], unit[b]);
        squares += correlation * correlation;
      }
      weights[a] = 1 / squares;
    }
    return weights;
  }

  /** Less the mean and of length 1; 0 where all are equal. */
  private static double[] standardised(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double[] away = Arrays.stream(values).map(v -> v - mean).toArray();
    double length = Math.sqrt(product(away, away));
    return Arrays.stream(away).map(v -> length > 0 ? v / length : 0).toArray();
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static List<String> names(Run run) {
    List<String> names = new ArrayList<>();
    while (has(run, name(names.size()))) {
      names.add(name(names.size()));
    }
    return names;
  }

  private static boolean has(Run run, String part) {
    return run.features().containsKey(part);
  }

  /** A part as a run of its own. */
  private static Run of(Run run, String part) {
    double seconds = run.features().get(part);
    return run.ended(run.outcome(), Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  private static double error(PointModel model, Run run, String part) {
    return has(run, part)
        ? Math.log(RidgeTrainer.seconds(of(run, part).runtime()) / model.expected(run))
        : Double.NaN;
  }

  private static String name(int part) {
    return PREFIX + part + SUFFIX;
  }
}
