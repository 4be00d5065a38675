package dev.tributary.predictor.recommend;

import dev.tributary.predictor.PredictorException;
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
 * @param runs what is known of the job, in any order; of other jobs too, which are left out
 * @param inputs of the next run; empty: those of the latest run
 * @param constraints what to keep to
 * @param platform where it will run
 */
public record Request(
    String job,
    List<Run> runs,
    Optional<Map<String, Double>> inputs,
    Constraints constraints,
    Platform platform) {
  /** Keeps the job's own runs, oldest first. */
  public Request {
    String asked = job;
    List<Run> own =
        runs.stream()
            .filter(run -> run.job().equals(asked))
            .sorted(
                Comparator.comparing((Run run) -> run.started().orElse(Instant.EPOCH))
                    .thenComparing(Run::id))
            .toList();
    if (own.isEmpty()) {
      throw PredictorException.usage(
          "There is no run of job '%s'".formatted(job),
          runs.isEmpty()
              ? "no runs were given"
              : "the runs are of "
                  + runs.stream().map(Run::job).distinct().sorted().limit(10).toList(),
          "give runs of it, or ask for a configuration by similar jobs");
    }
    runs = own;
    inputs = inputs.map(Map::copyOf);
  }

  /** The inputs to predict for. */
  public Map<String, Double> nextInputs() {
    return inputs.orElseGet(() -> latest().inputs());
  }

  /** The latest run; without times the last by id. */
  public Run latest() {
    return runs.get(runs.size() - 1);
  }
}
