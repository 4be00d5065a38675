package dev.tributary.predictor.service;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.online.NextInputs;
import dev.tributary.predictor.run.Run;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models of jobs, fitted when asked for to the runs that are there, and kept until there are more.
 */
final class Models {
  private static final int MOST_KEPT = 600;
  private static final long SEED = 20_260_101L;

  private final Store store;
  private final Advisor advisor;
  private final Kept<Key, Fit> kept = new Kept<>(MOST_KEPT);

  Models(Store store, Advisor advisor) {
    this.store = store;
    this.advisor = advisor;
  }

  private record Key(String job, int version) {}

  /** Models by quantity and the runs that they rest on, the oldest first by start. */
  record Fit(long last, JobTable.Version version, List<Run> runs, Map<Quantity, JobModel> models) {
    JobModel runtime() {
      return models.get(Quantity.RUNTIME_SECONDS);
    }

    /** Whose runtime and memory count the error of forecast inputs. */
    Fit widened(NextInputs inputs) {
      Map<Quantity, JobModel> wider = new EnumMap<>(models);
      for (Quantity quantity : List.of(Quantity.RUNTIME_SECONDS, Quantity.PEAK_MEMORY_MB)) {
        wider.computeIfPresent(quantity, (k, model) -> inputs.widened(model));
      }
      return new Fit(last, version, runs, wider);
    }
  }

  /**
   * Fits a version to all runs that are there.
   *
   * @return empty where no run has a runtime
   */
  Optional<Fit> of(String job, JobTable.Version version) {
    long last = store.transaction(c -> RunTable.last(c, job, version.since(), Long.MAX_VALUE));
    Key key = new Key(job, version.version());
    Fit fit = kept.get(key).filter(known -> known.last() == last).orElse(null);
    if (fit == null) {
      fit = fit(job, version, last);
      kept.put(key, fit);
    }
    return fit.models().isEmpty() ? Optional.empty() : Optional.of(fit);
  }

  private Fit fit(String job, JobTable.Version version, long last) {
    List<Run> runs =
        store.transaction(
            c -> RunTable.byStart(c, job, version.since(), last + 1, RunTable.MOST_FITTED));
    Map<Quantity, JobModel> models = new EnumMap<>(Quantity.class);
    if (!runs.isEmpty()) {
      for (Quantity quantity : Quantity.values()) {
        advisor
            .fit(learner(version), runs, quantity, SEED)
            .ifPresent(model -> models.put(quantity, model));
      }
    }
    if (!models.containsKey(Quantity.RUNTIME_SECONDS)) {
      models.clear();
    }
    return new Fit(last, version, runs, models);
  }

  private String learner(JobTable.Version version) {
    if (!advisor.learners().contains(version.learner())) {
      throw PredictorException.usage(
          "Model version %d is fitted by '%s'".formatted(version.version(), version.learner()),
          "This version of Tributary has " + advisor.learners(),
          "roll the job back to another version, or use the Tributary that made it");
    }
    return version.learner();
  }
}
