package dev.tributary.pipelines.sizing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.pipelines.job.RunSizing;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.PredictorClient;
import dev.tributary.predictor.service.Refusal;
import dev.tributary.predictor.service.Refusal.Kind;
import dev.tributary.predictor.service.RunJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Asks the predictor how to run a job, and tells it what came of it. The first run of a job is not
 * known to it and only reported.
 *
 * <p>In local mode the candidates are this JVM with 1 core up to all, at the price of a core-hour;
 * where the job's mode is auto-apply, {@code spark.master} and {@code spark.sql.shuffle.partitions}
 * are set, unless the user set them. Memory is the JVM's own and cannot be changed from within. On
 * a cluster nothing is set: the recommendation is in the closing line for whoever starts clusters.
 */
public final class PredictorSizing implements RunSizing {
  private static final double MB_PER_GIB = 1073.741824;

  private final PredictorClient predictor;
  private final Optional<Duration> deadline;
  private final Map<String, String> applied = new LinkedHashMap<>();
  private Start start;
  private Map<String, Double> inputs = Map.of();
  private Optional<Cluster> cluster = Optional.empty();
  private Optional<JsonNode> answer = Optional.empty();

  /**
   * Sizes one run.
   *
   * @param deadline by when it is to end; empty for no slower than it was
   */
  public PredictorSizing(PredictorClient predictor, Optional<Duration> deadline) {
    this.predictor = Objects.requireNonNull(predictor, "predictor");
    this.deadline = deadline;
  }

  @Override
  public Map<String, String> before(Start run) {
    start = run;
    inputs = RunInputs.of(run.config());
    SparkCluster spark = new SparkCluster(run.spark());
    cluster = spark.cluster();
    if (cluster.isEmpty()) {
      return Map.of();
    }
    answer = spark.isLocal() ? ask(localQuestion()) : ask(question());
    if (spark.isLocal() && answer.isPresent() && answer.get().path("apply").asBoolean()) {
      apply(spark, answer.get().at("/cluster/cores_per_worker").asInt());
    }
    return Map.copyOf(applied);
  }

  private void apply(SparkCluster spark, int cores) {
    if (!spark.isMasterGiven()) {
      applied.put("spark.master", "local[" + cores + "]");
      if (!spark.isGiven("spark.sql.shuffle.partitions")) {
        applied.put("spark.sql.shuffle.partitions", Integer.toString(2 * cores));
      }
    }
  }

  /** Empty where the job is not known yet; without prices the present cluster is predicted. */
  private Optional<JsonNode> ask(ObjectNode question) {
    try {
      // A first pick by other jobs is no prediction that an outcome could close.
      return Optional.of(predictor.recommend(question))
          .filter(told -> told.path("recorded").asBoolean());
    } catch (Refusal refusal) {
      // A run with another input is the first of its kind, and is learned from.
      if (refusal.kind() == Kind.UNKNOWN_JOB || refusal.kind() == Kind.UNKNOWN_INPUT) {
        return Optional.empty();
      }
      if (refusal.kind() == Kind.MISSING_PRICE || refusal.kind() == Kind.UNKNOWN_MACHINE_TYPE) {
        ObjectNode plain = named();
        plain.set("cluster", RunJson.of(cluster.orElseThrow()));
        return Optional.of(predictor.predict(plain));
      }
      throw refusal;
    }
  }

  private ObjectNode named() {
    ObjectNode body = RunJson.MAPPER.createObjectNode();
    body.put("job", start.job()).put("run_id", start.runId());
    body.set("inputs", RunJson.MAPPER.valueToTree(inputs));
    return body;
  }

  private ObjectNode question() {
    ObjectNode body = named();
    body.set("current", RunJson.of(cluster.orElseThrow()));
    ObjectNode constraints = body.putObject("constraints");
    deadline.ifPresent(by -> constraints.put("deadline_seconds", by.toMillis() / 1e3));
    return body;
  }

  /**
   * What is recommended for another such run; nothing is written. Asked after {@link #after}.
   *
   * @throws Refusal where the job is not known, or its machine has no price
   */
  public JsonNode next() {
    boolean local = SparkCluster.LOCAL.equals(cluster.orElseThrow().machineType());
    ObjectNode next = local ? localQuestion() : question();
    next.remove("run_id");
    return predictor.recommend(next);
  }

  private ObjectNode localQuestion() {
    ObjectNode body = question();
    ArrayNode candidates = body.putArray("candidates");
    for (int cores = 1; cores <= Runtime.getRuntime().availableProcessors(); cores++) {
      candidates.add(RunJson.of(SparkCluster.local(cores)));
    }
    ((ObjectNode) body.get("constraints")).put("driver_type", "none");
    body.putArray("prices")
        .addObject()
        .put("type", SparkCluster.LOCAL)
        .put("vcpu", 1)
        .put("memory_gb", SparkCluster.local(1).memoryMbPerWorker() / MB_PER_GIB)
        .put("on_demand", 1);
    return body;
  }

  @Override
  public Map<String, Object> after(End end) {
    Map<String, Object> told = new LinkedHashMap<>();
    if (cluster.isEmpty()) {
      told.put("state", "the number of executors is not set, so nothing is predicted");
      return told;
    }
    JsonNode run = RunJson.of(run(end));
    if (answer.isEmpty()) {
      predictor.addRuns(run);
      told.put(
          "state", "the job, or an input of this run, was not known; it is the first such run");
      return told;
    }
    ObjectNode outcome = RunJson.MAPPER.createObjectNode();
    outcome.put("prediction_id", answer.get().path("prediction_id").asText());
    outcome.set("run", run);
    JsonNode closed = predictor.feedback(outcome);
    told.put("state", "closed");
    told.put("prediction_id", closed.path("prediction_id").asText());
    told.put("mode", answer.get().path("effective_mode").asText());
    told.put("applied", Map.copyOf(applied));
    told.put("predicted_runtime_seconds", plain(closed.path("runtime_seconds")));
    told.put("outcome", plain(closed.path("outcome")));
    told.put("drift", closed.path("drift").asBoolean());
    told.put("advice", advice(answer.get().path("recommendation")));
    return told;
  }

  /** What was recommended; in local mode costs are core-hours, not dollars. Null for nothing. */
  private Object advice(JsonNode recommendation) {
    JsonNode chosen = recommendation.path("chosen");
    if (!chosen.isObject()) {
      return null;
    }
    ObjectNode advice = chosen.deepCopy();
    if (SparkCluster.LOCAL.equals(cluster.orElseThrow().machineType())) {
      advice.set("core_hours", advice.remove("cost_usd"));
      advice.remove("cost_upper_usd");
    }
    return plain(advice);
  }

  private Run run(End end) {
    Cluster had = had(end);
    double seconds = end.took().toMillis() / 1e3;
    Double cpu = end.measured().get("executor_cpu_time");
    OptionalDouble utilisation =
        cpu == null || seconds <= 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.min(1, cpu / 1e3 / (seconds * had.cores())));
    return new Run(
        start.job(),
        start.runId(),
        Optional.of(start.at()),
        had,
        inputs,
        end.took(),
        OptionalDouble.empty(),
        utilisation,
        outcome(end),
        features(end));
  }

  // The heap of this JVM is no measure of what an executor needs: garbage fills it.
  private static Map<String, Double> features(End end) {
    Map<String, Double> features = new LinkedHashMap<>(end.measured());
    features.put("driver_peak_heap_mb", SparkCluster.peakHeapMb());
    return features;
  }

  /** In local mode the cores that Spark really had. */
  private Cluster had(End end) {
    Double cores = end.measured().get("cores");
    return SparkCluster.LOCAL.equals(cluster.orElseThrow().machineType()) && cores != null
        ? SparkCluster.local(Math.max(1, cores.intValue()))
        : cluster.orElseThrow();
  }

  private static Outcome outcome(End end) {
    return switch (end.how()) {
      case SUCCEEDED -> Outcome.FINISHED;
      case STOPPED -> Outcome.TIMED_OUT;
      case FAILED ->
          end.error().orElse("").contains("OutOfMemoryError")
              ? Outcome.OUT_OF_MEMORY
              : Outcome.FAILED;
    };
  }

  private static Object plain(JsonNode json) {
    return RunJson.MAPPER.convertValue(json, new TypeReference<Object>() {});
  }
}
