package dev.tributary.predictor.evaluation;

import dev.tributary.predictor.PredictorException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be measured.
 *
 * @param runs table of runs, a row a run
 * @param target column of what is predicted, above 0
 * @param scaleOut column of the number of machines
 * @param features columns that are known before a run; the scale-out may be among them
 * @param context columns that set one context apart; empty for the protocol's default
 * @param filters rows kept: column to value
 * @param protocol how rows are parted
 * @param splits number of splits (of each number of training rows under availability; not used by
 *     context), at least 1
 * @param confidence of the intervals, (0, 1)
 * @param seed of the splits
 */
public record EvaluationRequest(
    Path runs,
    String target,
    String scaleOut,
    List<String> features,
    List<String> context,
    Map<String, String> filters,
    Protocol protocol,
    int splits,
    double confidence,
    long seed) {
  /** Checks and copies. */
  public EvaluationRequest {
    Objects.requireNonNull(runs, "runs");
    Objects.requireNonNull(protocol, "protocol");
    features = List.copyOf(features);
    context = List.copyOf(context);
    filters = Map.copyOf(filters);
    if (splits < 1) {
      throw PredictorException.usage(
          "There is nothing to measure in " + splits + " splits", null, "give 1 or more");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw PredictorException.usage(
          "A confidence of " + confidence + " is no probability", null, "give 0.9, for instance");
    }
    if (features.contains(target) || scaleOut.equals(target)) {
      throw PredictorException.usage(
          "The target " + target + " is also a feature",
          "it is not known before the run",
          "take it out of the features");
    }
  }
}
