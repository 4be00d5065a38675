package dev.tributary.pipelines.job;

import java.time.Instant;
import java.util.List;

/** Where runs are recorded. */
interface RunLog {

  /** Adds one row for the start or the end of a run. */
  void record(RunRecord run);

  /** Adds the metrics of a run. */
  void record(RunRecord run, List<Metric> metrics, Instant at);
}
