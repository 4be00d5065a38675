package dev.tributary.pipelines.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sizes a run before it starts and learns from its outcome. Stands beside the job: what it throws
 * is told as a warning and the job runs as it would have.
 */
public interface RunSizing {
  /**
   * Asked before the Spark session opens.
   *
   * @return Spark settings for what the user has not set
   */
  Map<String, String> before(Start start);

  /**
   * Told when the run has ended.
   *
   * @return what the closing line shows as {@code sizing}
   */
  Map<String, Object> after(End end);

  /**
   * A run that is about to start.
   *
   * @param config every key given or defaulted, as text, secrets hidden
   * @param spark the Spark settings that the user gave
   */
  record Start(
      String runId, String job, Instant at, Map<String, String> config, Map<String, String> spark) {
    /** Copies. */
    public Start {
      config = Map.copyOf(config);
      spark = Map.copyOf(spark);
    }
  }

  /** How a run ended. */
  enum Ended {
    SUCCEEDED,
    FAILED,
    STOPPED
  }

  /**
   * A run that has ended.
   *
   * @param measured its Spark metrics by name; empty where Spark did not come up
   * @param error what the user saw; empty unless it failed
   */
  record End(Ended how, Duration took, Map<String, Double> measured, Optional<String> error) {
    /** Copies. */
    public End {
      Objects.requireNonNull(took, "took");
      measured = Map.copyOf(measured);
    }

    static End of(RunRecord run, List<Metric> metrics) {
      Ended how =
          switch (run.status()) {
            case SUCCEEDED -> Ended.SUCCEEDED;
            case STOPPED -> Ended.STOPPED;
            default -> Ended.FAILED;
          };
      Map<String, Double> measured = new java.util.TreeMap<>();
      metrics.forEach(metric -> measured.put(metric.name(), metric.value()));
      return new End(how, run.duration().orElse(Duration.ZERO), measured, run.error());
    }
  }
}
