package dev.tributary.schemas.contract;

/** Column names of {@code ops.job_runs}: runs of jobs. */
public final class JobRunColumns {
  public static final String TABLE = "ops.job_runs";

  public static final String RUN_ID = "run_id";
  public static final String JOB = "job";
  public static final String STATUS = "status";
  public static final String EXIT_CODE = "exit_code";
  public static final String STARTED_AT = "started_at";
  public static final String ENDED_AT = "ended_at";
  public static final String DURATION_MS = "duration_ms";
  public static final String CONFIG = "config";
  public static final String RESULT = "result";
  public static final String ERROR = "error";
  public static final String VERSIONS = "versions";

  private JobRunColumns() {}
}
