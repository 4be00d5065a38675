package dev.tributary.predictor.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One run of a recurring job.
 *
 * @param job identity of the recurring template
 * @param id the run: application id and attempt
 * @param started when it started
 * @param cluster what it ran on
 * @param inputs what is known before the run and sets its work: sizes, parameters; finite numbers
 * @param runtime wall-clock time
 * @param peakMemoryMb greatest memory that one executor held, heap and off-heap, MB
 * @param cpuUtilisation task CPU time over cores × runtime, 0 to 1
 * @param outcome how it ended
 * @param features what the event log says besides, by name (see the feature package)
 */
public record Run(
    String job,
    String id,
    Optional<Instant> started,
    Cluster cluster,
    Map<String, Double> inputs,
    Duration runtime,
    OptionalDouble peakMemoryMb,
    OptionalDouble cpuUtilisation,
    Outcome outcome,
    Map<String, Double> features) {
  /**
   * The oldest first: by start, of one start by id. Runs without a start come first, and a stable
   * sort leaves them in the order they became known.
   */
  public static final Comparator<Run> BY_START =
      (one, other) -> {
        if (one.started().isEmpty() || other.started().isEmpty()) {
          return Boolean.compare(one.started().isPresent(), other.started().isPresent());
        }
        int byTime = one.started().get().compareTo(other.started().get());
        return byTime != 0 ? byTime : one.id().compareTo(other.id());
      };

  /** Checks and copies. */
  public Run {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(outcome, "outcome");
    if (runtime.isNegative()) {
      throw new IllegalArgumentException("a run does not take " + runtime);
    }
    inputs = Map.copyOf(inputs);
    features = Map.copyOf(features);
  }

  /** The same run, started then. */
  public Run withStart(Instant start) {
    return new Run(
        job,
        id,
        Optional.of(start),
        cluster,
        inputs,
        runtime,
        peakMemoryMb,
        cpuUtilisation,
        outcome,
        features);
  }

  /** The same run on other machines. */
  public Run withCluster(Cluster other) {
    return new Run(
        job, id, started, other, inputs, runtime, peakMemoryMb, cpuUtilisation, outcome, features);
  }

  /** The same run with one more feature, or another value of it. */
  public Run withFeature(String name, double value) {
    Map<String, Double> more = new HashMap<>(features);
    more.put(name, value);
    return withFeatures(more);
  }

  /** The same run with these features in place of its own. */
  public Run withFeatures(Map<String, Double> others) {
    return new Run(
        job, id, started, cluster, inputs, runtime, peakMemoryMb, cpuUtilisation, outcome, others);
  }

  /** The same run ended so, after so long. */
  public Run ended(Outcome how, Duration after) {
    return new Run(
        job, id, started, cluster, inputs, after, peakMemoryMb, cpuUtilisation, how, features);
  }
}
