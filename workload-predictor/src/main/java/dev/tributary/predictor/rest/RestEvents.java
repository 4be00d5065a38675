package dev.tributary.predictor.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.eventlog.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Makes events of the resources of Spark's REST API, version 1. */
final class RestEvents {
  private static final int DEEPEST_PLAN = 500;

  private final Consumer<Event> events;

  RestEvents(Consumer<Event> events) {
    this.events = events;
  }

  void environment(JsonNode environment) {
    Map<String, String> properties = pairs(environment.path("sparkProperties"));
    Map<String, String> system = pairs(environment.path("systemProperties"));
    events.accept(Event.Environment.of(properties, system.get("sun.java.command")));
  }

  private static Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new HashMap<>();
    list.forEach(pair -> pairs.put(pair.path(0).asText(), pair.path(1).asText()));
    return pairs;
  }

  void start(JsonNode application, JsonNode attempt) {
    events.accept(new Event.LogStart(attempt.path("appSparkVersion").textValue()));
    events.accept(
        new Event.ApplicationStart(
            application.path("name").textValue(),
            application.path("id").textValue(),
            attempt.path("attemptId").textValue(),
            attempt.path("startTimeEpoch").asLong(Event.UNKNOWN),
            attempt.path("sparkUser").textValue()));
  }

  void end(JsonNode attempt) {
    if (attempt.path("completed").asBoolean()) {
      long time = attempt.path("endTimeEpoch").asLong(Event.UNKNOWN);
      events.accept(new Event.ApplicationEnd(time, null));
    }
  }

  void executor(JsonNode executor) {
    String id = executor.path("id").asText();
    long cores = executor.path("totalCores").asLong();
    events.accept(
        new Event.StageExecutorMetrics(id, 0, 0, peaks(executor.path("peakMemoryMetrics"))));
    long added = time(executor.path("addTime"));
    if (executor.path("maxMemory").asLong() > 0) {
      events.accept(new Event.BlockManagerAdded(added, id, executor.path("maxMemory").asLong()));
    }
    if (cores == 0) {
      // The driver of a cluster, which runs no tasks.
      return;
    }
    events.accept(
        new Event.ExecutorAdded(
            added,
            id,
            executor.path("hostPort").asText(),
            cores,
            executor.path("resourceProfileId").asLong()));
    if (executor.hasNonNull("removeTime")) {
      events.accept(
          new Event.ExecutorRemoved(
              time(executor.path("removeTime")), id, executor.path("removeReason").textValue()));
    }
  }

  private static Event.MemoryPeaks peaks(JsonNode peaks) {
    return new Event.MemoryPeaks(
        peaks.path("JVMHeapMemory").asLong(),
        peaks.path("JVMOffHeapMemory").asLong(),
        peaks.path("DirectPoolMemory").asLong(),
        peaks.path("MappedPoolMemory").asLong(),
        peaks.path("ProcessTreeJVMRSSMemory").asLong(),
        peaks.path("ProcessTreePythonRSSMemory").asLong(),
        peaks.path("ProcessTreeOtherRSSMemory").asLong());
  }

  void job(JsonNode job) {
    long id = job.path("jobId").asLong();
    events.accept(new Event.JobStart(id, time(job.path("submissionTime"))));
    String status = job.path("status").asText();
    if (!status.equals("RUNNING")) {
      events.accept(
          new Event.JobEnd(id, time(job.path("completionTime")), status.equals("SUCCEEDED"), null));
    }
  }

  void stage(JsonNode stage) {
    String status = stage.path("status").asText();
    if (!status.equals("COMPLETE") && !status.equals("FAILED")) {
      return;
    }
    String failure = stage.path("failureReason").textValue();
    events.accept(
        new Event.StageCompleted(
            stage.path("stageId").asLong(),
            stage.path("attemptId").asLong(),
            stage.path("name").textValue(),
            stage.path("numTasks").asLong(),
            List.of(),
            time(stage.path("submissionTime")),
            time(stage.path("completionTime")),
            failure == null && status.equals("FAILED") ? "failed" : failure));
  }

  void task(JsonNode stage, JsonNode task) {
    String status = task.path("status").asText();
    if (!task.has("duration") || status.equals("RUNNING")) {
      return;
    }
    long launched = time(task.path("launchTime"));
    events.accept(
        new Event.TaskEnd(
            stage.path("stageId").asLong(),
            stage.path("attemptId").asLong(),
            task.path("executorId").textValue(),
            launched,
            launched + task.path("duration").asLong(),
            status.equals("FAILED"),
            status.equals("KILLED"),
            task.path("speculative").asBoolean(),
            task.path("errorMessage").textValue(),
            metrics(task.path("taskMetrics")),
            null));
  }

  private static Event.TaskMetrics metrics(JsonNode task) {
    JsonNode read = task.path("shuffleReadMetrics");
    JsonNode written = task.path("shuffleWriteMetrics");
    return new Event.TaskMetrics(
        task.path("executorRunTime").asLong(),
        task.path("executorCpuTime").asLong(),
        task.path("executorDeserializeTime").asLong(),
        task.path("jvmGcTime").asLong(),
        task.path("resultSize").asLong(),
        task.path("peakExecutionMemory").asLong(),
        task.path("memoryBytesSpilled").asLong(),
        task.path("diskBytesSpilled").asLong(),
        task.path("inputMetrics").path("bytesRead").asLong(),
        task.path("inputMetrics").path("recordsRead").asLong(),
        task.path("outputMetrics").path("bytesWritten").asLong(),
        task.path("outputMetrics").path("recordsWritten").asLong(),
        read.path("remoteBytesRead").asLong() + read.path("localBytesRead").asLong(),
        read.path("recordsRead").asLong(),
        written.path("bytesWritten").asLong(),
        written.path("recordsWritten").asLong(),
        read.path("fetchWaitTime").asLong());
  }

  void query(JsonNode query) {
    Map<Long, String> names = new HashMap<>();
    query
        .path("nodes")
        .forEach(node -> names.put(node.path("nodeId").asLong(), node.path("nodeName").asText()));
    Map<Long, List<Long>> children = new HashMap<>();
    Set<Long> fed = new HashSet<>();
    for (JsonNode edge : query.path("edges")) {
      long child = edge.path("fromId").asLong();
      children.computeIfAbsent(edge.path("toId").asLong(), parent -> new ArrayList<>()).add(child);
      fed.add(child);
    }
    List<Event.PlanNode> roots = new ArrayList<>();
    names.keySet().stream()
        .sorted()
        .filter(id -> !fed.contains(id))
        .forEach(id -> roots.add(plan(id, names, children, 0)));
    Event.PlanNode plan =
        roots.size() == 1 ? roots.get(0) : new Event.PlanNode("InputAdapter", roots);
    events.accept(
        new Event.QueryStart(
            query.path("id").asLong(),
            time(query.path("submissionTime")),
            names.isEmpty() ? null : plan));
  }

  private static Event.PlanNode plan(
      long id, Map<Long, String> names, Map<Long, List<Long>> children, int depth) {
    List<Event.PlanNode> below = new ArrayList<>();
    if (depth < DEEPEST_PLAN) {
      for (long child : children.getOrDefault(id, List.of())) {
        below.add(plan(child, names, children, depth + 1));
      }
    }
    return new Event.PlanNode(names.getOrDefault(id, ""), below);
  }

  /** Times are written as {@code 2024-01-31T10:00:00.000GMT}. */
  private static long time(JsonNode text) {
    if (!text.isTextual()) {
      return Event.UNKNOWN;
    }
    try {
      return Instant.parse(text.asText().replace("GMT", "Z")).toEpochMilli();
    } catch (DateTimeException e) {
      // Another way of writing: the time is not known.
      return Event.UNKNOWN;
    }
  }
}
