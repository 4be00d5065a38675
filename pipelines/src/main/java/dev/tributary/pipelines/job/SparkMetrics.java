package dev.tributary.pipelines.job;

import dev.tributary.predictor.feature.ApplicationSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Sums what the tasks of a run report of themselves, failed and speculative ones included: their
 * cost was paid too. Peaks are of a single task.
 */
final class SparkMetrics extends SparkListener {
  private static final double NANOS_PER_MILLI = 1e6;

  private long jobsStarted;
  private long stages;
  private long failedStages;
  private long tasks;
  private long failedTasks;
  private long runTimeMillis;
  private long cpuTimeNanos;
  private long gcTimeMillis;
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
  private long peakExecutionMemoryBytes;

  @Override
  public synchronized void onJobStart(SparkListenerJobStart event) {
    jobsStarted++;
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    stages++;
    if (event.stageInfo().failureReason().isDefined()) {
      failedStages++;
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    tasks++;
    if (event.taskInfo().failed()) {
      failedTasks++;
    }
    if (event.taskMetrics() != null) {
      add(event.taskMetrics());
    }
  }

  private void add(TaskMetrics task) {
    runTimeMillis += task.executorRunTime();
    cpuTimeNanos += task.executorCpuTime();
    gcTimeMillis += task.jvmGCTime();
    inputBytes += task.inputMetrics().bytesRead();
    inputRecords += task.inputMetrics().recordsRead();
    outputBytes += task.outputMetrics().bytesWritten();
    outputRecords += task.outputMetrics().recordsWritten();
    shuffleReadBytes += task.shuffleReadMetrics().totalBytesRead();
    shuffleReadRecords += task.shuffleReadMetrics().recordsRead();
    shuffleWriteBytes += task.shuffleWriteMetrics().bytesWritten();
    shuffleWriteRecords += task.shuffleWriteMetrics().recordsWritten();
    memorySpilledBytes += task.memoryBytesSpilled();
    diskSpilledBytes += task.diskBytesSpilled();
    peakExecutionMemoryBytes = Math.max(peakExecutionMemoryBytes, task.peakExecutionMemory());
  }

  /**
   * The sums, and the features that the workload predictor reads from event logs where their names
   * are not among the sums.
   */
  synchronized List<Metric> metrics(SparkContext context, ApplicationSummary application) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(new Metric("executor_run_time", runTimeMillis, "ms"));
    metrics.add(new Metric("executor_cpu_time", cpuTimeNanos / NANOS_PER_MILLI, "ms"));
    metrics.add(new Metric("gc_time", gcTimeMillis, "ms"));
    metrics.add(new Metric("input_bytes", inputBytes, "bytes"));
    metrics.add(new Metric("input_records", inputRecords, "records"));
    metrics.add(new Metric("output_bytes", outputBytes, "bytes"));
    metrics.add(new Metric("output_records", outputRecords, "records"));
    metrics.add(new Metric("shuffle_read_bytes", shuffleReadBytes, "bytes"));
    metrics.add(new Metric("shuffle_read_records", shuffleReadRecords, "records"));
    metrics.add(new Metric("shuffle_write_bytes", shuffleWriteBytes, "bytes"));
    metrics.add(new Metric("shuffle_write_records", shuffleWriteRecords, "records"));
    metrics.add(new Metric("memory_spilled", memorySpilledBytes, "bytes"));
    metrics.add(new Metric("disk_spilled", diskSpilledBytes, "bytes"));
    metrics.add(new Metric("peak_execution_memory", peakExecutionMemoryBytes, "bytes"));
    metrics.add(new Metric("tasks", tasks, "count"));
    metrics.add(new Metric("failed_tasks", failedTasks, "count"));
    metrics.add(new Metric("stages", stages, "count"));
    metrics.add(new Metric("failed_stages", failedStages, "count"));
    metrics.add(new Metric("jobs", jobsStarted, "count"));
    metrics.add(new Metric("cores", context.defaultParallelism(), "count"));
    Set<String> known = metrics.stream().map(Metric::name).collect(Collectors.toSet());
    new TreeMap<>(application.features())
        .forEach(
            (name, value) -> {
              if (!known.contains(name)) {
                metrics.add(new Metric(name, value, unit(name)));
              }
            });
    return List.copyOf(metrics);
  }

  private static String unit(String feature) {
    if (feature.endsWith("_seconds")) {
      return "s";
    }
    if (feature.endsWith("_mb")) {
      return "MB";
    }
    return feature.endsWith("_bytes") ? "bytes" : "count";
  }
}
