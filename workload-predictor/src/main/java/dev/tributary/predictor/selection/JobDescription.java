package dev.tributary.predictor.selection;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is known of a job before its first run.
 *
 * @param job its name
 * @param algorithm what it computes; jobs of one algorithm are never used for one another in a
 *     back-test
 * @param framework the engine, e.g. {@code spark}; empty where not known
 * @param inputBytes size of its input, above 0; empty where not known
 */
public record JobDescription(
    String job, String algorithm, String framework, OptionalDouble inputBytes) {
  private static final Set<String> STREAMS_THROUGH_DISK = Set.of("hadoop", "mapreduce");

  /** Checks the names. */
  public JobDescription {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(algorithm, "algorithm");
    framework = framework.strip().toLowerCase(Locale.ROOT);
    if (inputBytes.isPresent() && !(inputBytes.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "the input of job %s cannot have %s bytes".formatted(job, inputBytes.getAsDouble()));
    }
  }

  /**
   * Whether the engine may keep data in memory between stages, so that memory can decide the
   * runtime. MapReduce writes every stage to disk; any other engine is held to cache.
   */
  boolean mayCache() {
    return !STREAMS_THROUGH_DISK.contains(framework);
  }
}
