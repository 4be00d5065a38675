package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a recommendation is asked for.
 *
 * @param job the job
 * @param runs its runs, oldest first by {@link Run#BY_START}, the latest at most 2,000; not empty
 * @param models the champion's models by quantity; the runtime's is always there, the others where
 *     runs were measured
 * @param inputs of the run to come, as in {@link Run#inputs}
 * @param current what the job runs on now; empty where nobody said
 * @param candidates what may be chosen; empty for whatever there are prices for
 * @param constraints what to keep to
 * @param prices of this request over the service's own, a list with the price file's fields
 * @param platform where it will run
 */
public record Question(
    String job,
    List<Run> runs,
    Map<Quantity, JobModel> models,
    Map<String, Double> inputs,
    Optional<Cluster> current,
    List<Cluster> candidates,
    Constraints constraints,
    Optional<JsonNode> prices,
    Platform platform) {
  /** Copies. */
  public Question {
    Objects.requireNonNull(job, "job");
    runs = List.copyOf(runs);
    models = Map.copyOf(models);
    inputs = Map.copyOf(inputs);
    candidates = List.copyOf(candidates);
    Objects.requireNonNull(constraints, "constraints");
  }
}
