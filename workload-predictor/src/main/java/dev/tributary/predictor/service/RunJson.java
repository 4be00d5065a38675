package dev.tributary.predictor.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.Refusal.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Runs, clusters and predictions as JSON; the same form over HTTP, in files and in the store. */
public final class RunJson {
  /** Strict: a repeated member or anything behind the value is an error. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final double MOST_SECONDS = 1e9;
  private static final double MOST_MB = 1e12;
  private static final int MOST_WORKERS = 1_000_000;
  private static final int MOST_FEATURES = 1_000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private RunJson() {}

  /** A time whose text sorts as it does. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** A run of a request that comes at {@code now}. */
  static Run run(At at, Instant now) {
    at.maybe("started").ifPresent(started -> started.past(now));
    at.maybe("inputs").ifPresent(At::numbers);
    at.maybe("features").ifPresent(features -> features.numbersUpTo(MOST_FEATURES));
    return unlimited(at);
  }

  /** A run that may be from before there were limits. */
  private static Run unlimited(At at) {
    at.object(
        "job",
        "id",
        "started",
        "cluster",
        "inputs",
        "runtime_seconds",
        "peak_memory_mb",
        "cpu_utilisation",
        "outcome",
        "features");
    return new Run(
        at.get("job").text(),
        at.get("id").text(),
        at.maybe("started").map(At::instant),
        cluster(at.get("cluster")),
        at.maybe("inputs").map(RunJson::allNumbers).orElse(Map.of()),
        seconds(at.get("runtime_seconds").within(0, MOST_SECONDS)),
        optional(at, "peak_memory_mb", MOST_MB),
        optional(at, "cpu_utilisation", 1),
        outcome(at.get("outcome")),
        at.maybe("features").map(RunJson::allNumbers).orElse(Map.of()));
  }

  private static Map<String, Double> allNumbers(At at) {
    return at.numbersUpTo(Integer.MAX_VALUE);
  }

  static Cluster cluster(At at) {
    at.object("machine_type", "workers", "cores_per_worker", "memory_mb_per_worker");
    int workers = at.get("workers").integer(1, MOST_WORKERS);
    int cores = at.get("cores_per_worker").integer(1, MOST_WORKERS);
    if (!Cluster.isPossible(workers, cores)) {
      throw at.get("cores_per_worker")
          .range(
              "is to make, times %d workers, at most %d cores, not %d"
                  .formatted(workers, Cluster.MOST_CORES, cores));
    }
    return new Cluster(
        at.get("machine_type").text(), workers, cores, at.get("memory_mb_per_worker").above(0));
  }

  /** A run as JSON, members in a fixed order, so that equal runs have equal texts. */
  public static ObjectNode of(Run run) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("job", run.job()).put("id", run.id());
    run.started().ifPresent(started -> json.put("started", started.toString()));
    json.set("cluster", of(run.cluster()));
    json.set("inputs", numbers(run.inputs()));
    json.put("runtime_seconds", run.runtime().toNanos() / 1e9);
    run.peakMemoryMb().ifPresent(value -> json.put("peak_memory_mb", value));
    run.cpuUtilisation().ifPresent(value -> json.put("cpu_utilisation", value));
    json.put("outcome", run.outcome().name().toLowerCase(Locale.ROOT));
    json.set("features", numbers(run.features()));
    return json;
  }

  /** A cluster as JSON. */
  public static ObjectNode of(Cluster cluster) {
    return MAPPER
        .createObjectNode()
        .put("machine_type", cluster.machineType())
        .put("workers", cluster.workers())
        .put("cores_per_worker", cluster.coresPerWorker())
        .put("memory_mb_per_worker", cluster.memoryMbPerWorker());
  }

  static ObjectNode of(Prediction prediction) {
    return MAPPER
        .createObjectNode()
        .put("expected", prediction.expected())
        .put("lower", prediction.lower())
        .put("upper", prediction.upper())
        .put("confidence", prediction.confidence())
        .put("known", prediction.known())
        .put("model", prediction.model())
        .put("reason", prediction.reason());
  }

  static ObjectNode numbers(Map<String, Double> values) {
    ObjectNode json = MAPPER.createObjectNode();
    new TreeMap<>(values).forEach(json::put);
    return json;
  }

  static Run storedRun(String text) {
    return unlimited(At.body(parsed(text)));
  }

  static Cluster storedCluster(String text) {
    return cluster(At.body(parsed(text)));
  }

  /** JSON that this package wrote. */
  static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds what is not JSON: " + text, e);
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static OptionalDouble optional(At at, String member, double most) {
    return at.maybe(member)
        .map(value -> OptionalDouble.of(value.within(0, most)))
        .orElse(OptionalDouble.empty());
  }

  private static Outcome outcome(At at) {
    String text = at.text();
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                at.refusal(
                    Kind.INVALID_VALUE,
                    "is one of finished, failed, timed_out, out_of_memory, not '" + text + "'"));
  }
}
