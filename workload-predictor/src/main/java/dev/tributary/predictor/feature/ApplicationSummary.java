package dev.tributary.predictor.feature;

import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One attempt of an application.
 *
 * @param id application id
 * @param attempt the cluster manager's attempt; empty where it does not count them
 * @param name as given by its author
 * @param sparkVersion empty before Spark 1.4
 * @param job identity of the recurring job: what one run has in common with the next
 * @param planSignature of its queries; empty without one
 * @param started empty when no event has a time
 * @param ended the application's end, else its last event
 * @param outcome how it ended
 * @param explanation why that outcome, one sentence
 * @param cluster its executors: a worker is an executor
 * @param peakMemoryMb most that one executor held, MB; empty where it was not measured
 * @param cpuUtilisation CPU time of tasks over the core-seconds held, 0 to 1; empty where CPU time
 *     was not measured (before Spark 2.1) or nothing ran
 * @param features by name, see the package
 * @param stages attempts in the order they ended, the first ten thousand
 * @param executors how many there were over time, the first thousand changes
 */
public record ApplicationSummary(
    String id,
    Optional<String> attempt,
    String name,
    Optional<String> sparkVersion,
    String job,
    Optional<String> planSignature,
    Optional<Instant> started,
    Optional<Instant> ended,
    Outcome outcome,
    String explanation,
    Cluster cluster,
    OptionalDouble peakMemoryMb,
    OptionalDouble cpuUtilisation,
    Map<String, Double> features,
    List<StageSummary> stages,
    List<ExecutorChange> executors) {
  /** Copies. */
  public ApplicationSummary {
    features = Map.copyOf(features);
    stages = List.copyOf(stages);
    executors = List.copyOf(executors);
  }

  /** Application id and attempt: the same for every copy of the log. */
  public String key() {
    return key(id, attempt);
  }

  static String key(String id, Optional<String> attempt) {
    return attempt.map(a -> id + "_" + a).orElse(id);
  }

  /** Wall-clock time from the first to the last moment; zero where there is none. */
  public Duration runtime() {
    return started.isPresent() && ended.isPresent()
        ? Duration.between(started.get(), ended.get())
        : Duration.ZERO;
  }

  /** The run; empty for a log that tells no time. */
  public Optional<Run> run() {
    return started.map(
        start ->
            new Run(
                job,
                key(),
                started,
                cluster,
                Map.of("input_bytes", features.getOrDefault("input_bytes", 0.0)),
                runtime(),
                peakMemoryMb,
                cpuUtilisation,
                outcome,
                features));
  }
}
