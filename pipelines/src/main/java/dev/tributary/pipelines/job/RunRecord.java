package dev.tributary.pipelines.job;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code ops.job_runs} keeps of a run; one row when it starts and one, with the same id, when
 * it ends. A run that was killed leaves only the first.
 *
 * @param config every key given or defaulted, as text, secrets hidden
 * @param result what the job reported; empty until it ends
 * @param error the paragraph the user saw; empty unless it failed
 */
record RunRecord(
    String runId,
    String job,
    Status status,
    Optional<ExitCode> exitCode,
    Instant startedAt,
    Optional<Instant> endedAt,
    Map<String, String> config,
    Map<String, Object> result,
    Optional<String> error,
    Map<String, String> versions) {

  enum Status {
    STARTED,
    SUCCEEDED,
    FAILED,
    /** Ended in good order on SIGTERM or SIGINT. */
    STOPPED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  RunRecord {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(job, "job");
    if ((status == Status.STARTED) != endedAt.isEmpty()
        || endedAt.isPresent() != exitCode.isPresent()) {
      throw new IllegalArgumentException("a run ends with a time and an exit code, or has neither");
    }
  }

  static RunRecord started(
      String runId,
      String job,
      Instant at,
      Map<String, String> config,
      Map<String, String> versions) {
    return new RunRecord(
        runId,
        job,
        Status.STARTED,
        Optional.empty(),
        at,
        Optional.empty(),
        config,
        Map.of(),
        Optional.empty(),
        versions);
  }

  RunRecord ended(
      Status how,
      ExitCode code,
      Instant at,
      Map<String, Object> reported,
      Optional<String> failure) {
    return new RunRecord(
        runId,
        job,
        how,
        Optional.of(code),
        startedAt,
        Optional.of(at),
        config,
        reported,
        failure,
        versions);
  }

  /** The same with one more entry in what the job reported. */
  RunRecord and(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(result);
    more.put(key, value);
    return new RunRecord(
        runId, job, status, exitCode, startedAt, endedAt, config, more, error, versions);
  }

  Optional<Duration> duration() {
    return endedAt.map(end -> Duration.between(startedAt, end));
  }
}
