package dev.tributary.predictor.runtime;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.runtime.RunFeatures.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One way from runs to a model.
 *
 * <p>Runs that did not finish are lower bounds: one that the model of the finished runs puts below
 * its bound is counted as a little above that bound, and the model is fitted again; the others say
 * nothing. With unfinished runs only, nothing is known and every prediction says so.
 *
 * <p>Where all finished runs have a scheduler replay, runtimes are also modelled relative to it;
 * the relative model is taken unless the errors of the plain one on runs left out are lower.
 *
 * @param target what is modelled
 * @param view the columns of a cluster
 * @param fitting from rows to a model of rows
 */
record JobFit(Target target, View view, Function<Design, PerformanceModel> fitting) {
  /** A censored run is taken to have ended this much beyond where it was cut off. */
  private static final double BEYOND = 1.1;

  /** Rows to fit, and whether they are of runs that finished. */
  private record Sample(List<Run> runs, double[] values, boolean finished) {
    Sample and(Sample other) {
      List<Run> both = new ArrayList<>(runs);
      both.addAll(other.runs);
      double[] joined = Arrays.copyOf(values, values.length + other.values.length);
      System.arraycopy(other.values, 0, joined, values.length, other.values.length);
      return new Sample(both, joined, finished);
    }
  }

  JobModel to(List<Run> runs) {
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
      return model(sample(censored, BEYOND, false), Optional.empty());
    }
    Optional<ScheduledTime> scheduled =
        target == Target.RUNTIME_SECONDS && view == View.MACHINES
            ? ScheduledTime.of(finished)
            : Optional.empty();
    Sample known = sample(finished, 1, true);
    JobModel plain = model(known, scheduled);
    List<Run> outlasting =
        censored.stream()
            .filter(run -> plain.predict(run.cluster(), run.inputs(), 0.5).expected() < value(run))
            .toList();
    return outlasting.isEmpty()
        ? plain
        : model(known.and(sample(outlasting, BEYOND, false)), scheduled);
  }

  private Sample sample(List<Run> runs, double factor, boolean finished) {
    return new Sample(
        runs, runs.stream().mapToDouble(run -> factor * value(run)).toArray(), finished);
  }

  private double value(Run run) {
    return target.of(run).orElseThrow();
  }

  private JobModel model(Sample sample, Optional<ScheduledTime> scheduled) {
    RunFeatures features = RunFeatures.of(sample.runs(), view);
    double[][] rows = features.rows(sample.runs());
    PerformanceModel plain = fitting.apply(new Design(features.names(), 0, rows, sample.values()));
    if (scheduled.isPresent()) {
      double[] relative = sample.values().clone();
      for (int i = 0; i < relative.length; i++) {
        relative[i] /= scheduled.get().relative(sample.runs().get(i).cluster().cores());
      }
      PerformanceModel shaped = fitting.apply(new Design(features.names(), 0, rows, relative));
      if (shaped.leaveOneOutError() <= plain.leaveOneOutError()) {
        return new RunModel(features, shaped, scheduled, target, sample.finished());
      }
    }
    return new RunModel(features, plain, Optional.empty(), target, sample.finished());
  }
}
