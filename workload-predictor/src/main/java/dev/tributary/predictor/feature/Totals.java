package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event.TaskEnd;
import dev.tributary.predictor.eventlog.Event.TaskMetrics;
import java.util.Map;

/** Sums over all tries of all tasks, failed and speculative ones too: their cost was paid. */
final class Totals {
  private static final double MILLIS = 1000.0;
  private static final double NANOS = 1e9;
  private static final double MB = 1e6;

  private long tasks;
  private long failed;
  private long killed;
  private long speculative;
  private long backwards;
  private long runMillis;
  private long cpuNanos;
  private long deserializeMillis;
  private long gcMillis;
  private long fetchWaitMillis;
  private long resultBytes;
  private long inputBytes;
  private long inputRecords;
  private long outputBytes;
  private long outputRecords;
  private long shuffleReadBytes;
  private long shuffleReadRecords;
  private long shuffleWriteBytes;
  private long shuffleWriteRecords;
  private long memorySpilledBytes;
  private long diskSpilledBytes;
  private long peakExecutionBytes;

  void add(TaskEnd task) {
    tasks++;
    failed += task.failed() ? 1 : 0;
    killed += task.killed() ? 1 : 0;
    speculative += task.speculative() ? 1 : 0;
    backwards += task.finished() >= 0 && task.finished() < task.launched() ? 1 : 0;
    if (task.metrics() != null) {
      add(task.metrics());
    }
  }

  private void add(TaskMetrics task) {
    runMillis += positive(task.runMillis());
    cpuNanos += positive(task.cpuNanos());
    deserializeMillis += positive(task.deserializeMillis());
    gcMillis += positive(task.gcMillis());
    fetchWaitMillis += positive(task.fetchWaitMillis());
    resultBytes += positive(task.resultBytes());
    inputBytes += positive(task.inputBytes());
    inputRecords += positive(task.inputRecords());
    outputBytes += positive(task.outputBytes());
    outputRecords += positive(task.outputRecords());
    shuffleReadBytes += positive(task.shuffleReadBytes());
    shuffleReadRecords += positive(task.shuffleReadRecords());
    shuffleWriteBytes += positive(task.shuffleWriteBytes());
    shuffleWriteRecords += positive(task.shuffleWriteRecords());
    memorySpilledBytes += positive(task.memorySpilledBytes());
    diskSpilledBytes += positive(task.diskSpilledBytes());
    peakExecutionBytes = Math.max(peakExecutionBytes, task.peakExecutionBytes());
  }

  private static long positive(long value) {
    return Math.max(0, value);
  }

  long tasks() {
    return tasks;
  }

  double cpuSeconds() {
    return cpuNanos / NANOS;
  }

  double inputBytes() {
    return inputBytes;
  }

  void features(Map<String, Double> into) {
    into.put("tasks", (double) tasks);
    into.put("failed_tasks", (double) failed);
    into.put("killed_tasks", (double) killed);
    into.put("speculative_tasks", (double) speculative);
    into.put("clock_went_back", (double) backwards);
    into.put("run_seconds", runMillis / MILLIS);
    into.put("cpu_seconds", cpuSeconds());
    into.put("deserialize_seconds", deserializeMillis / MILLIS);
    into.put("gc_seconds", gcMillis / MILLIS);
    into.put("fetch_wait_seconds", fetchWaitMillis / MILLIS);
    into.put("result_bytes", (double) resultBytes);
    into.put("input_bytes", (double) inputBytes);
    into.put("input_records", (double) inputRecords);
    into.put("output_bytes", (double) outputBytes);
    into.put("output_records", (double) outputRecords);
    into.put("shuffle_read_bytes", (double) shuffleReadBytes);
    into.put("shuffle_read_records", (double) shuffleReadRecords);
    into.put("shuffle_write_bytes", (double) shuffleWriteBytes);
    into.put("shuffle_write_records", (double) shuffleWriteRecords);
    into.put("memory_spilled_bytes", (double) memorySpilledBytes);
    into.put("disk_spilled_bytes", (double) diskSpilledBytes);
    into.put("peak_execution_mb", peakExecutionBytes / MB);
  }
}
