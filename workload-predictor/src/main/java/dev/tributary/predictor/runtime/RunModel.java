package dev.tributary.predictor.runtime;

import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A performance model asked about clusters and inputs.
 *
 * <p>More data does not take less time or memory: for an input whose name says that it is a size
 * (bytes, size, rows, records, MB, GB), a prediction is at least that for each smaller size seen,
 * all else equal.
 */
final class RunModel implements JobModel {
  private static final Pattern SIZE =
      Pattern.compile("(^|_)(bytes|size|rows|records|mb|gb)(_|$)", Pattern.CASE_INSENSITIVE);
  private static final int LARGEST_STEPS = 8;

  private final RunFeatures features;
  private final PerformanceModel model;
  private final Optional<ScheduledTime> scheduled;
  private final Target target;
  private final boolean finished;

  /**
   * @param scheduled what the model's values are relative to; empty where they are absolute
   */
  RunModel(
      RunFeatures features,
      PerformanceModel model,
      Optional<ScheduledTime> scheduled,
      Target target,
      boolean finished) {
    this.features = features;
    this.model = model;
    this.scheduled = scheduled;
    this.target = target;
    this.finished = finished;
  }

  @Override
  public Prediction predict(Cluster cluster, Map<String, Double> inputs, double confidence) {
    double[] row = features.row(cluster, inputs);
    Prediction plain = model.predict(row, confidence);
    double expected = plain.expected();
    double lower = plain.lower();
    double upper = plain.upper();
    if (target != Target.CPU_UTILISATION) {
      for (int input = 0; input < features.inputs().size(); input++) {
        for (double level : smaller(features.inputs().get(input), row, input)) {
          double[] less = row.clone();
          less[features.inputsFrom() + input] = level;
          Prediction floor = model.predict(less, confidence);
          expected = Math.max(expected, floor.expected());
          lower = Math.max(lower, floor.lower());
          upper = Math.max(upper, floor.upper());
        }
      }
    }
    Optional<String> doubt = doubt(cluster, inputs);
    double ceiling = target.ceiling();
    double unit = scheduled.map(time -> time.relative(cluster.cores())).orElse(1.0);
    return new Prediction(
        Math.min(ceiling, unit * expected),
        Math.min(ceiling, unit * Math.min(lower, expected)),
        Math.min(ceiling, unit * upper),
        confidence,
        plain.known() && doubt.isEmpty(),
        scheduled.isPresent() ? "scheduler-replay × " + plain.model() : plain.model(),
        doubt.orElse(plain.reason()));
  }

  private List<Double> smaller(String input, double[] row, int position) {
    if (!SIZE.matcher(input).find()) {
      return List.of();
    }
    double size = row[features.inputsFrom() + position];
    List<Double> below = features.levels().get(input).stream().filter(l -> l < size).toList();
    return below.subList(Math.max(0, below.size() - LARGEST_STEPS), below.size());
  }

  private Optional<String> doubt(Cluster cluster, Map<String, Double> inputs) {
    if (!finished) {
      return Optional.of("no run has finished yet");
    }
    if (!features.machineTypes().contains(cluster.machineType())) {
      return Optional.of("no run was on " + cluster.machineType());
    }
    return features.inputs().stream()
        .filter(name -> !inputs.containsKey(name))
        .findFirst()
        .map(name -> "the input " + name + " is not given");
  }
}
