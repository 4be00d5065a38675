package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ExecutorMemory;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.selection.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What another job took, or would take, on a cluster, for one amount of work: the new run's inputs
 * where its model knows them, else those of its latest finished run. Runs with other inputs are
 * brought to that work by the model's ratio.
 */
final class OtherJob {
  private static final int FEWEST_FITTED = 4;
  private static final int MOST_FITTED = 40;
  private static final double HOUR = 3600;

  private final SimilarJobs.Similar job;
  private final boolean byCores;
  private final Optional<JobModels> models;
  private final Map<String, Double> inputs;

  /**
   * @param fitted whether models are worth their time here
   * @param next the new run's inputs
   * @param byCores whether machines of one type come with different cores
   */
  OtherJob(
      SimilarJobs.Similar job,
      ModelSource source,
      boolean fitted,
      Map<String, Double> next,
      boolean byCores) {
    this.job = job;
    this.byCores = byCores;
    long finished = job.runs().stream().filter(run -> run.outcome().isFinished()).count();
    List<Run> latest =
        job.runs().subList(Math.max(0, job.runs().size() - MOST_FITTED), job.runs().size());
    this.models =
        fitted && finished >= FEWEST_FITTED && latest.stream().anyMatch(r -> isFinished(r))
            ? Optional.of(source.models(latest))
            : Optional.empty();
    Map<String, Double> own = job.latestInputs();
    boolean same = !next.isEmpty() && next.keySet().containsAll(own.keySet());
    Cluster any = job.runs().get(job.runs().size() - 1).cluster();
    this.inputs =
        same
                && models
                    .map(m -> m.runtime().predict(any, next, Prediction.CONFIDENCE).known())
                    .orElse(false)
            ? next
            : own;
  }

  private static boolean isFinished(Run run) {
    return run.outcome().isFinished() && !run.runtime().isZero();
  }

  String name() {
    return job.job();
  }

  double likeness() {
    return job.likeness().orElse(1);
  }

  /**
   * Whether a run on this cluster ran out of memory, or runs were there and none of them finished.
   */
  boolean failedOn(Cluster cluster) {
    List<Run> there = job.runs().stream().filter(run -> isOn(run, cluster)).toList();
    return there.stream().anyMatch(run -> run.outcome() == Outcome.OUT_OF_MEMORY)
        || !there.isEmpty() && there.stream().noneMatch(OtherJob::isFinished);
  }

  boolean ranOn(Cluster cluster) {
    return job.runs().stream().anyMatch(run -> isFinished(run) && isOn(run, cluster));
  }

  /** Seconds for the work; empty where neither a run nor the model tells. */
  OptionalDouble seconds(Cluster cluster) {
    OptionalDouble logs =
        job.runs().stream()
            .filter(run -> isFinished(run) && isOn(run, cluster))
            .mapToDouble(run -> Math.log(Values.seconds(run.runtime())) + correction(run))
            .sorted()
            .average();
    if (logs.isPresent()) {
      return OptionalDouble.of(Math.exp(logs.getAsDouble()));
    }
    return models
        .map(fitted -> fitted.runtime().predict(cluster, inputs, Prediction.CONFIDENCE))
        .filter(Prediction::known)
        .map(prediction -> OptionalDouble.of(prediction.expected()))
        .orElse(OptionalDouble.empty());
  }

  /** The job's run on a cluster as {@code selection} takes it; empty where nothing tells of one. */
  Optional<Trial> trial(Candidate one, dev.tributary.predictor.selection.Candidate shape) {
    if (failedOn(one.cluster())) {
      return Optional.of(new Trial(shape, false, Double.NaN, Double.NaN));
    }
    OptionalDouble seconds = seconds(one.cluster());
    return seconds.isPresent() && seconds.getAsDouble() > 0
        ? Optional.of(
            new Trial(
                shape,
                true,
                seconds.getAsDouble() / HOUR * shape.pricePerHour(),
                seconds.getAsDouble()))
        : Optional.empty();
  }

  private double correction(Run run) {
    if (models.isEmpty() || run.inputs().equals(inputs)) {
      return 0;
    }
    JobModel runtime = models.get().runtime();
    double asked = runtime.predict(run.cluster(), inputs, Prediction.CONFIDENCE).expected();
    double had = runtime.predict(run.cluster(), run.inputs(), Prediction.CONFIDENCE).expected();
    return asked > 0 && had > 0 ? Math.log(asked / had) : 0;
  }

  /** An executor's peak for the new run, or for the job's latest. */
  Optional<Prediction> peak(Cluster executors, Map<String, Double> next, double confidence) {
    return models
        .flatMap(JobModels::memory)
        .map(memory -> memory.predict(executors, asked(next), confidence));
  }

  /** What suffices for such an executor, MB; 0 where nothing tells. */
  double needMb(Cluster executors, Map<String, Double> next, double confidence) {
    return models
        .flatMap(JobModels::memory)
        .map(memory -> ExecutorMemory.sufficientMb(memory, executors, asked(next), confidence))
        .orElse(0.0);
  }

  private Map<String, Double> asked(Map<String, Double> next) {
    Map<String, Double> own = job.latestInputs();
    return next.keySet().containsAll(own.keySet()) ? next : own;
  }

  private boolean isOn(Run run, Cluster cluster) {
    return (!byCores || run.cluster().coresPerWorker() == cluster.coresPerWorker())
        && run.cluster().machineType().equals(cluster.machineType())
        && run.cluster().workers() == cluster.workers();
  }
}
