package dev.tributary.predictor.eventlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An event of a Spark application, as far as sizing needs it. Times are epoch milliseconds as the
 * log has them, {@link #UNKNOWN} where it has none; durations are in the unit of their name; texts
 * are null where the log has none.
 */
public sealed interface Event {
  /** A number that the log does not tell. */
  long UNKNOWN = -1;

  /** The first line: the version that wrote the log. */
  record LogStart(String sparkVersion) implements Event {}

  /** The application began; {@code attempt} is null unless the cluster manager counts attempts. */
  record ApplicationStart(String name, String id, String attempt, long time, String user)
      implements Event {}

  /** The application ended in good order; {@code exitCode} is null before Spark 4. */
  record ApplicationEnd(long time, Integer exitCode) implements Event {}

  /**
   * The environment.
   *
   * @param properties the Spark properties that describe the cluster and the job; no others are
   *     kept, since they may be secrets
   * @param command the driver's main class and arguments ({@code sun.java.command}); may be null
   */
  record Environment(Map<String, String> properties, String command) implements Event {
    public Environment {
      properties = Map.copyOf(properties);
    }

    /** Of all properties of an application those that are kept. */
    public static Environment of(Map<String, String> all, String command) {
      Map<String, String> kept = new HashMap<>(all);
      kept.keySet().retainAll(SparkProperties.NAMES);
      return new Environment(kept, command);
    }
  }

  /** What executors of a profile get. Memory in MiB; {@link #UNKNOWN} where not asked for. */
  record ResourceProfile(
      long id, long cores, long memoryMib, long overheadMib, long offHeapMib, long pysparkMib)
      implements Event {}

  /** An executor came. */
  record ExecutorAdded(long time, String id, String host, long cores, long profile)
      implements Event {}

  /** An executor went. */
  record ExecutorRemoved(long time, String id, String reason) implements Event {}

  /** An executor's (or the driver's) storage came; logs before Spark 1.3 tell executors by this. */
  record BlockManagerAdded(long time, String executor, long maximumBytes) implements Event {}

  /** An executor's storage went. */
  record BlockManagerRemoved(long time, String executor) implements Event {}

  /** A job began. */
  record JobStart(long id, long time) implements Event {}

  /** A job ended; {@code message} is the failure's. */
  record JobEnd(long id, long time, boolean succeeded, String message) implements Event {}

  /** A stage attempt ended; {@code failure} is null when it succeeded. */
  record StageCompleted(
      long stage,
      long attempt,
      String name,
      long tasks,
      List<Long> parents,
      long submitted,
      long completed,
      String failure)
      implements Event {
    public StageCompleted {
      parents = List.copyOf(parents);
    }
  }

  /** A task began. Nothing but that is read. */
  record TaskStart() implements Event {}

  /** A try of a task ended. */
  record TaskEnd(
      long stage,
      long stageAttempt,
      String executor,
      long launched,
      long finished,
      boolean failed,
      boolean killed,
      boolean speculative,
      String reason,
      TaskMetrics metrics,
      MemoryPeaks peaks)
      implements Event {}

  /** What one executor held at most during one stage attempt. */
  record StageExecutorMetrics(String executor, long stage, long stageAttempt, MemoryPeaks peaks)
      implements Event {}

  /** A query began: its physical plan as first planned. */
  record QueryStart(long execution, long time, PlanNode plan) implements Event {}

  /** A query ended; {@code error} is null or empty when it succeeded. */
  record QueryEnd(long execution, long time, String error) implements Event {}

  /**
   * What a task reports of itself. Bytes, records, milliseconds; CPU time in nanoseconds, 0 before
   * Spark 2.1.
   */
  record TaskMetrics(
      long runMillis,
      long cpuNanos,
      long deserializeMillis,
      long gcMillis,
      long resultBytes,
      long peakExecutionBytes,
      long memorySpilledBytes,
      long diskSpilledBytes,
      long inputBytes,
      long inputRecords,
      long outputBytes,
      long outputRecords,
      long shuffleReadBytes,
      long shuffleReadRecords,
      long shuffleWriteBytes,
      long shuffleWriteRecords,
      long fetchWaitMillis) {}

  /** Peaks of memory, bytes; 0 where not measured. Each has its own moment. */
  record MemoryPeaks(
      long heap,
      long offHeap,
      long direct,
      long mapped,
      long processResident,
      long pythonResident,
      long otherResident) {}

  /** An operator of a physical plan and what feeds it. */
  record PlanNode(String name, List<PlanNode> children) {
    public PlanNode {
      children = List.copyOf(children);
    }
  }
}
