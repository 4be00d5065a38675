package dev.tributary.predictor.eventlog;

import static dev.tributary.predictor.eventlog.EventParser.TEXT;

import dev.tributary.predictor.eventlog.Event.MemoryPeaks;
import dev.tributary.predictor.eventlog.Event.TaskMetrics;
import java.util.Arrays;

/** Task ends, nine tenths of most logs, and the peaks of memory that come with them. */
final class TaskParser {
  private static final KeyTable TASK_END =
      KeyTable.of(
          "Stage ID",
          "Stage Attempt ID",
          "Task End Reason",
          "Task Info",
          "Task Executor Metrics",
          "Task Metrics");
  private static final KeyTable REASON =
      KeyTable.of("Reason", "Class Name", "Description", "Loss Reason", "Kill Reason");
  private static final KeyTable INFO =
      KeyTable.of("Executor ID", "Launch Time", "Finish Time", "Failed", "Killed", "Speculative");
  private static final KeyTable METRICS =
      KeyTable.of(
          "Executor Run Time",
          "Executor CPU Time",
          "Executor Deserialize Time",
          "JVM GC Time",
          "Result Size",
          "Peak Execution Memory",
          "Memory Bytes Spilled",
          "Disk Bytes Spilled",
          "Input Metrics",
          "Output Metrics",
          "Shuffle Read Metrics",
          "Shuffle Write Metrics");
  private static final KeyTable FLOWS =
      KeyTable.of(
          "Bytes Read",
          "Records Read",
          "Bytes Written",
          "Records Written",
          "Remote Bytes Read",
          "Local Bytes Read",
          "Total Records Read",
          "Fetch Wait Time",
          "Shuffle Bytes Written",
          "Shuffle Records Written");
  private static final KeyTable PEAKS =
      KeyTable.of(
          "JVMHeapMemory",
          "JVMOffHeapMemory",
          "DirectPoolMemory",
          "MappedPoolMemory",
          "ProcessTreeJVMRSSMemory",
          "ProcessTreePythonRSSMemory",
          "ProcessTreeOtherRSSMemory");
  private static final KeyTable STAGE_METRICS =
      KeyTable.of("Executor ID", "Stage ID", "Stage Attempt ID", "Executor Metrics");

  private final JsonScanner scanner;
  private final long[] metrics = new long[8];
  private final long[] flows = new long[10];
  private final long[] peaks = new long[7];

  // Of the task being read.
  private String executor;
  private long launched;
  private long finished;
  private boolean failed;
  private boolean killed;
  private boolean speculative;

  TaskParser(JsonScanner scanner) {
    this.scanner = scanner;
  }

  /** The scanner has entered the line's object. */
  Event taskEnd() throws MalformedJson {
    long stage = Event.UNKNOWN;
    long attempt = 0;
    String reason = null;
    TaskMetrics measured = null;
    MemoryPeaks held = null;
    clearInfo();
    for (int key = scanner.key(TASK_END); key != JsonScanner.END; key = scanner.key(TASK_END)) {
      switch (key) {
        case 0 -> stage = scanner.longValue();
        case 1 -> attempt = scanner.longValue();
        case 2 -> reason = reason();
        case 3 -> info();
        case 4 -> held = memoryPeaks();
        case 5 -> measured = taskMetrics();
        default -> scanner.skip();
      }
    }
    return new Event.TaskEnd(
        stage,
        attempt,
        executor,
        launched,
        finished,
        failed,
        killed,
        speculative,
        reason,
        measured,
        held);
  }

  /** The scanner has entered the line's object. */
  Event stageExecutorMetrics() throws MalformedJson {
    String id = null;
    long stage = Event.UNKNOWN;
    long attempt = 0;
    MemoryPeaks held = null;
    for (int key = scanner.key(STAGE_METRICS);
        key != JsonScanner.END;
        key = scanner.key(STAGE_METRICS)) {
      switch (key) {
        case 0 -> id = scanner.stringValue(TEXT);
        case 1 -> stage = scanner.longValue();
        case 2 -> attempt = scanner.longValue();
        case 3 -> held = memoryPeaks();
        default -> scanner.skip();
      }
    }
    return new Event.StageExecutorMetrics(id, stage, attempt, held);
  }

  private void clearInfo() {
    executor = null;
    launched = Event.UNKNOWN;
    finished = Event.UNKNOWN;
    failed = false;
    killed = false;
    speculative = false;
  }

  private void info() throws MalformedJson {
    if (!scanner.openObject()) {
      return;
    }
    for (int key = scanner.key(INFO); key != JsonScanner.END; key = scanner.key(INFO)) {
      switch (key) {
        case 0 -> executor = scanner.stringValue(TEXT);
        case 1 -> launched = scanner.longValue();
        case 2 -> finished = scanner.longValue();
        case 3 -> failed = scanner.booleanValue();
        case 4 -> killed = scanner.booleanValue();
        case 5 -> speculative = scanner.booleanValue();
        default -> scanner.skip();
      }
    }
  }

  /** Null for a success, else everything that is said of the end in one line. */
  private String reason() throws MalformedJson {
    if (!scanner.openObject()) {
      return null;
    }
    boolean success = false;
    StringBuilder said = null;
    for (int key = scanner.key(REASON); key != JsonScanner.END; key = scanner.key(REASON)) {
      if (key < 0) {
        scanner.skip();
        continue;
      }
      String text = scanner.stringValue(TEXT);
      success |= key == 0 && "Success".equals(text);
      if (text != null && !success) {
        said = said == null ? new StringBuilder() : said.append(' ');
        said.append(text);
      }
    }
    return success || said == null ? null : said.toString();
  }

  private TaskMetrics taskMetrics() throws MalformedJson {
    if (!scanner.openObject()) {
      return null;
    }
    Arrays.fill(metrics, 0);
    Arrays.fill(flows, 0);
    for (int key = scanner.key(METRICS); key != JsonScanner.END; key = scanner.key(METRICS)) {
      if (key < 0) {
        scanner.skip();
      } else if (key < metrics.length) {
        metrics[key] = scanner.longValue();
      } else {
        numbers(FLOWS, flows);
      }
    }
    return new TaskMetrics(
        metrics[0],
        metrics[1],
        metrics[2],
        metrics[3],
        metrics[4],
        metrics[5],
        metrics[6],
        metrics[7],
        flows[0],
        flows[1],
        flows[2],
        flows[3],
        flows[4] + flows[5],
        flows[6],
        flows[8],
        flows[9],
        flows[7]);
  }

  /** Null where nothing was measured. */
  private MemoryPeaks memoryPeaks() throws MalformedJson {
    Arrays.fill(peaks, 0);
    numbers(PEAKS, peaks);
    for (long peak : peaks) {
      if (peak > 0) {
        return new MemoryPeaks(
            peaks[0], peaks[1], peaks[2], peaks[3], peaks[4], peaks[5], peaks[6]);
      }
    }
    return null;
  }

  private void numbers(KeyTable keys, long[] into) throws MalformedJson {
    if (!scanner.openObject()) {
      return;
    }
    for (int key = scanner.key(keys); key != JsonScanner.END; key = scanner.key(keys)) {
      if (key < 0) {
        scanner.skip();
      } else {
        into[key] = scanner.longValue();
      }
    }
  }
}
