package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.pipelines.job.RunSizing.End;
import dev.tributary.pipelines.job.RunSizing.Ended;
import dev.tributary.pipelines.job.RunSizing.Start;
import dev.tributary.pipelines.sizing.PredictorSizing;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.service.PredictorClient;
import dev.tributary.predictor.service.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Records the demo's jobs for the workload predictor, predicted before and closed after, and asks
 * it for the next run of each. The jobs run all the same where it cannot be asked.
 */
final class DemoSizing {
  private final PredictorClient predictor;
  private final String master;
  private final List<Map<String, Object>> recorded = new ArrayList<>();

  /**
   * @param store directory of the predictor's store
   * @param master Spark's, e.g. {@code local[2]}
   */
  DemoSizing(Path store, String master) {
    this.predictor = PredictorClient.at(store.toString(), Optional.empty());
    this.master = master;
  }

  /** What a job does. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /**
   * Runs a job and records it.
   *
   * @param events its input
   */
  void run(String job, long events, Work work) throws Exception {
    PredictorSizing sizing = new PredictorSizing(predictor, Optional.empty());
    Optional<String> trouble =
        tried(
            () ->
                sizing.before(
                    new Start(
                        UUID.randomUUID().toString(),
                        job,
                        Instant.now(),
                        Map.of("events", Long.toString(events)),
                        Map.of("spark.master", master))));
    long begun = System.nanoTime();
    work.run();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("job", job);
    one.put("seconds", took.toMillis() / 1e3);
    trouble =
        trouble.or(
            () ->
                tried(
                    () -> {
                      one.putAll(
                          sizing.after(new End(Ended.SUCCEEDED, took, Map.of(), Optional.empty())));
                      one.put("next", next(sizing.next()));
                    }));
    trouble.ifPresent(why -> one.put("next", "the predictor could not be asked: " + why));
    recorded.add(one);
  }

  private static Optional<String> tried(Runnable asking) {
    try {
      asking.run();
      return Optional.empty();
    } catch (PredictorException | Refusal e) {
      return Optional.of(e.getMessage());
    }
  }

  private static String next(JsonNode answer) {
    JsonNode recommendation = answer.path("recommendation");
    int runs = answer.at("/rests_on/runs").asInt();
    String known = runs == 1 ? "1 run is known" : runs + " runs are known";
    if (!recommendation.path("advice").asBoolean()) {
      return "%s; no advice: %s".formatted(known, recommendation.path("reason").asText());
    }
    JsonNode chosen = recommendation.path("chosen");
    int cores = chosen.at("/cluster/cores_per_worker").asInt();
    return recommendation.path("fallback").asBoolean()
        ? "%s, too little to choose by; the next keeps what worked, local[%d]"
            .formatted(known, cores)
        : String.format(
            Locale.ROOT,
            "%s; the next needs local[%d], %.1f s expected, at most %.1f s",
            known,
            cores,
            chosen.path("runtime_seconds").asDouble(),
            chosen.path("runtime_upper_seconds").asDouble());
  }

  /** A line a job, and all of it for a machine. */
  void tell(DemoReport report) {
    report.fact("sizing", List.copyOf(recorded));
    if (recorded.isEmpty()) {
      return;
    }
    report.heading("Recorded for the workload predictor:");
    for (Map<String, Object> one : recorded) {
      report.line(
          String.format(
              Locale.ROOT,
              "  %-16s %5.1f s  %s",
              one.get("job"),
              one.get("seconds"),
              one.get("next")));
    }
  }
}
