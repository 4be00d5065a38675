package dev.tributary.predictor.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A {@link MonitorState} as one JSON object, and back to an equal state. Of a run it keeps what the
 * monitor reads: not its features, nor its memory and CPU.
 */
public final class MonitorJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;

  private MonitorJson() {}

  /** The state as JSON. */
  public static String write(MonitorState state) {
    ObjectNode node = JSON.createObjectNode();
    node.put("version", VERSION);
    node.put("job", state.job());
    node.put("confidence", state.confidence());
    node.put("forgotten", state.forgotten());
    ArrayNode runs = node.putArray("runs");
    state.runs().forEach(run -> write(run, runs.addObject()));
    ArrayNode residuals = node.putArray("residuals");
    state.residuals().forEach(residuals::add);
    node.set("interval", JSON.valueToTree(state.interval()));
    node.put("slower", state.drift().slower());
    node.put("faster", state.drift().faster());
    node.put("slower_since", state.drift().slowerSince());
    node.put("faster_since", state.drift().fasterSince());
    node.put("champion_since", state.championSince());
    state.rival().ifPresent(rival -> node.set("rival", JSON.valueToTree(rival)));
    node.put("predicted", state.predicted());
    node.put("covered", state.covered());
    state.pending().ifPresent(pending -> write(pending, node.putObject("pending")));
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of values could not be written", e);
    }
  }

  /**
   * The state of a JSON text.
   *
   * @throws PredictorException where the text is not one that {@link #write} made
   */
  public static MonitorState read(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (node.path("version").asInt() != VERSION) {
        throw new IllegalArgumentException("version " + node.path("version"));
      }
      String job = node.required("job").asText();
      List<Run> runs = new ArrayList<>();
      node.required("runs").forEach(run -> runs.add(run(job, run)));
      List<Double> residuals = new ArrayList<>();
      node.required("residuals").forEach(r -> residuals.add(r.asDouble()));
      return new MonitorState(
          job,
          number(node, "confidence"),
          whole(node, "forgotten"),
          runs,
          residuals,
          JSON.treeToValue(node.required("interval"), AdaptiveInterval.class),
          new DriftDetector(
              number(node, "slower"),
              number(node, "faster"),
              whole(node, "slower_since"),
              whole(node, "faster_since")),
          whole(node, "champion_since"),
          node.has("rival")
              ? Optional.of(JSON.treeToValue(node.get("rival"), MonitorState.Rival.class))
              : Optional.empty(),
          whole(node, "predicted"),
          whole(node, "covered"),
          node.has("pending") ? Optional.of(pending(job, node.get("pending"))) : Optional.empty());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "the kept state of a job's monitor cannot be read",
          e.getMessage(),
          "restore it from a copy, or start the job's monitor anew",
          e);
    }
  }

  private static void write(MonitorState.Pending pending, ObjectNode node) {
    write(pending.planned(), node.putObject("planned"));
    pending.prediction().ifPresent(p -> node.set("prediction", JSON.valueToTree(p)));
  }

  private static MonitorState.Pending pending(String job, JsonNode node)
      throws JsonProcessingException {
    return new MonitorState.Pending(
        run(job, node.required("planned")),
        node.has("prediction")
            ? Optional.of(JSON.treeToValue(node.get("prediction"), Prediction.class))
            : Optional.empty());
  }

  private static void write(Run run, ObjectNode node) {
    node.put("id", run.id());
    run.started().ifPresent(started -> node.put("started", started.toString()));
    node.put("machine_type", run.cluster().machineType());
    node.put("workers", run.cluster().workers());
    node.put("cores_per_worker", run.cluster().coresPerWorker());
    node.put("memory_mb_per_worker", run.cluster().memoryMbPerWorker());
    ObjectNode inputs = node.putObject("inputs");
    new TreeMap<>(run.inputs()).forEach(inputs::put);
    node.put("runtime_ns", run.runtime().toNanos());
  }

  private static Run run(String job, JsonNode node) {
    Map<String, Double> inputs = new HashMap<>();
    node.required("inputs")
        .properties()
        .forEach(e -> inputs.put(e.getKey(), e.getValue().asDouble()));
    return new Run(
        job,
        node.required("id").asText(),
        node.has("started")
            ? Optional.of(Instant.parse(node.get("started").asText()))
            : Optional.empty(),
        new Cluster(
            node.required("machine_type").asText(),
            whole(node, "workers"),
            whole(node, "cores_per_worker"),
            number(node, "memory_mb_per_worker")),
        inputs,
        Duration.ofNanos(node.required("runtime_ns").asLong()),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Outcome.FINISHED,
        Map.of());
  }

  private static double number(JsonNode node, String name) {
    return node.required(name).asDouble();
  }

  private static int whole(JsonNode node, String name) {
    return node.required(name).asInt();
  }
}
