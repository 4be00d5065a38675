package dev.tributary.schemas.contract;

/** Column names of {@code ops.job_metrics}: measurements of job runs. */
public final class JobMetricColumns {
  public static final String TABLE = "ops.job_metrics";

  public static final String RUN_ID = "run_id";
  public static final String JOB = "job";
  public static final String METRIC = "metric";
  public static final String VALUE = "value";
  public static final String UNIT = "unit";
  public static final String RECORDED_AT = "recorded_at";

  private JobMetricColumns() {}
}
