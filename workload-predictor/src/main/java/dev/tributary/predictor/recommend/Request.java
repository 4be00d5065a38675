package dev.tributary.predictor.recommend;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question for a cluster.
 *
 * @param job whose next run it is for
 * @param runs what is known of the job, oldest first; empty for a new one
 * @param others runs of other jobs; read only where no run of the job has finished
 * @param inputs of the next run; empty: those of the latest run
 * @param constraints what to keep to
 * @param platform where it will run
 */
public record Request(
    String job,
    List<Run> runs,
    List<Run> others,
    Optional<Map<String, Double>> inputs,
    Constraints constraints,
    Platform platform) {
  private static final double RAISE = 1.5;
  private static final Comparator<Run> OF_OTHERS =
      Comparator.comparing((Run run) -> run.started().orElse(Instant.EPOCH))
          .thenComparing(Run::job)
          .thenComparing(Run::id);

  /** Checks and copies. */
  public Request {
    String asked = job;
    if (runs.isEmpty() && others.isEmpty()) {
      throw PredictorException.usage(
          "There is no run of job '%s'".formatted(job),
          "no runs were given",
          "give runs of it, or of other jobs to choose by");
    }
    if (runs.stream().anyMatch(run -> !run.job().equals(asked))) {
      throw new IllegalArgumentException("the runs are not all of job " + job);
    }
    runs = List.copyOf(runs);
    others = List.copyOf(others);
    inputs = inputs.map(Map::copyOf);
  }

  /**
   * A question with the runs of all jobs.
   *
   * @param known of this job and of others, in any order; where starts are not known, the last is
   *     the latest
   */
  public Request(
      String job,
      List<Run> known,
      Optional<Map<String, Double>> inputs,
      Constraints constraints,
      Platform platform) {
    this(
        job,
        known.stream().filter(run -> run.job().equals(job)).sorted(Run.BY_START).toList(),
        known.stream().filter(run -> !run.job().equals(job)).sorted(OF_OTHERS).toList(),
        inputs,
        constraints,
        platform);
  }

  /** The inputs to predict for; empty for a new job where none are given. */
  public Map<String, Double> nextInputs() {
    return inputs.orElseGet(() -> latest().map(Run::inputs).orElse(Map.of()));
  }

  /**
   * The latest run by start; without starts the one that became known last. Empty for a new job.
   */
  public Optional<Run> latest() {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }

  /** The greatest memory of a worker in which a run of the job ran out of it, MB; else 0. */
  double ranOutOfMb() {
    return runs.stream()
        .filter(run -> run.outcome() == Outcome.OUT_OF_MEMORY)
        .mapToDouble(run -> run.cluster().memoryMbPerWorker())
        .max()
        .orElse(0);
  }

  /** What a worker is to have after that, MB; 0 where no run ran out of memory. */
  double raisedMb() {
    return RAISE * ranOutOfMb();
  }

  /** Whether a run of the job has finished. */
  boolean hasFinished() {
    return runs.stream().anyMatch(run -> run.outcome().isFinished());
  }
}
