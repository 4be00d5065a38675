package dev.tributary.predictor.runtime;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Models of a recurring job from its runs.
 *
 * <p>Runs that did not finish are lower bounds: one that the model of the finished runs puts below
 * its bound is counted as a little above that bound, and the model is fitted again; the others say
 * nothing. With unfinished runs only, nothing is known and every prediction says so.
 */
public final class RuntimeModels {
  /** A censored run is taken to have ended this much beyond where it was cut off. */
  private static final double BEYOND = 1.1;

  private RuntimeModels() {}

  /**
   * Fits the runs of one job.
   *
   * @param runs at least one with the target measured
   * @param target what is modelled
   * @param seed of the choice of rows that models are screened on
   * @throws PredictorException (usage) if no run has the target measured
   */
  public static JobModel fit(List<Run> runs, Target target, long seed) {
    List<Run> finished = new ArrayList<>();
    List<Run> censored = new ArrayList<>();
    for (Run run : runs) {
      if (target.of(run).isPresent()) {
        if (run.outcome().isFinished()) {
          finished.add(run);
        } else if (target.censorable()) {
          censored.add(run);
        }
      }
    }
    if (finished.isEmpty() && censored.isEmpty()) {
      throw PredictorException.usage(
          "None of %d runs has %s above 0".formatted(runs.size(), target),
          "there is nothing to learn from",
          "record at least one run");
    }
    if (finished.isEmpty()) {
      return model(censored, bounds(censored, target), target, seed, false);
    }
    double[] values = finished.stream().mapToDouble(r -> value(r, target)).toArray();
    JobModel plain = model(finished, values, target, seed, true);
    List<Run> outlasting =
        censored.stream()
            .filter(
                run ->
                    plain.predict(run.cluster(), run.inputs(), 0.5).expected() < value(run, target))
            .toList();
    if (outlasting.isEmpty()) {
      return plain;
    }
    List<Run> all = new ArrayList<>(finished);
    all.addAll(outlasting);
    double[] raised = new double[all.size()];
    System.arraycopy(values, 0, raised, 0, values.length);
    double[] bounds = bounds(outlasting, target);
    System.arraycopy(bounds, 0, raised, values.length, bounds.length);
    return model(all, raised, target, seed, true);
  }

  private static JobModel model(
      List<Run> runs, double[] values, Target target, long seed, boolean finished) {
    RunFeatures features = RunFeatures.of(runs);
    Design design = new Design(features.names(), 0, features.rows(runs), values);
    return new RunModel(features, PerformanceModel.fit(design, seed), target, finished);
  }

  private static double[] bounds(List<Run> runs, Target target) {
    return runs.stream().mapToDouble(run -> BEYOND * value(run, target)).toArray();
  }

  private static double value(Run run, Target target) {
    OptionalDouble value = target.of(run);
    return value.orElseThrow();
  }
}
