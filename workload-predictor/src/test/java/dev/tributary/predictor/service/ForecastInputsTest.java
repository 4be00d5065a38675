package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.run.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daily job that has 16 GB on Mondays and 10 to 12 GB on all other days, for five weeks. */
class ForecastInputsTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");
  private static final int DAYS = 35;

  @TempDir Path data;
  private PredictorApi api;

  @BeforeEach
  void open() {
    api = PredictorApi.open(data, Optional.empty(), "a test", Duration.ZERO);
    Random random = new Random(11);
    ArrayNode runs = RunJson.MAPPER.createArrayNode();
    for (int day = 0; day < DAYS; day++) {
      double gigabytes = day % 7 == 0 ? 16 : 10 + 2 * random.nextDouble();
      Run run = Jobs.run("job", "r" + day, 1 + day % 4, gigabytes, 1);
      runs.add(
          RunJson.of(
              new Run(
                  run.job(),
                  run.id(),
                  Optional.of(MONDAY.plus(day, ChronoUnit.DAYS)),
                  run.cluster(),
                  Map.of("input_gb", gigabytes),
                  run.runtime(),
                  run.peakMemoryMb(),
                  run.cpuUtilisation(),
                  run.outcome(),
                  run.features())));
    }
    api.addRuns(runs);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private JsonNode predict(int day, Map<String, Double> inputs) {
    ObjectNode body = RunJson.MAPPER.createObjectNode().put("job", "job");
    body.set("cluster", RunJson.of(Jobs.cluster(2)));
    body.put("starts", MONDAY.plus(day, ChronoUnit.DAYS).toString());
    body.set("inputs", RunJson.numbers(inputs));
    return api.predict(body);
  }

  @Test
  void anInputThatNobodyGivesIsForecastByItsWeekday() {
    JsonNode monday = predict(DAYS, Map.of());
    assertThat(monday.at("/inputs/input_gb").asDouble()).isEqualTo(16);
    assertThat(monday.at("/input_forecasts/0/method").asText()).isEqualTo("hour_of_week");
    assertThat(monday.at("/input_forecasts/0/error").asDouble()).isBetween(0.0, 0.1);
    assertThat(monday.at("/prediction/runtime_seconds/expected").asDouble())
        .isBetween(0.9 * seconds(16), 1.1 * seconds(16));
    assertThat(monday.at("/prediction/runtime_seconds/reason").asText())
        .contains("input_gb = 16 by the hour and the weekday");
    JsonNode tuesday = predict(DAYS + 1, Map.of());
    assertThat(tuesday.at("/inputs/input_gb").asDouble()).isBetween(10.0, 12.0);
  }

  @Test
  void theForecastWidensTheIntervalAndAGivenInputDoesNot() {
    JsonNode forecast = predict(DAYS, Map.of());
    JsonNode given = predict(DAYS, Map.of("input_gb", 16.0));
    assertThat(given.has("input_forecasts")).isFalse();
    assertThat(given.at("/inputs/input_gb").asDouble()).isEqualTo(16);
    for (String quantity : new String[] {"runtime_seconds", "peak_memory_mb"}) {
      assertThat(forecast.at("/prediction/" + quantity + "/upper").asDouble())
          .as(quantity)
          .isGreaterThanOrEqualTo(given.at("/prediction/" + quantity + "/upper").asDouble());
    }
    assertThat(forecast.at("/prediction/runtime_seconds/upper").asDouble())
        .isGreaterThan(1.001 * given.at("/prediction/runtime_seconds/upper").asDouble());
    assertThat(forecast.at("/prediction/runtime_seconds/expected"))
        .isEqualTo(given.at("/prediction/runtime_seconds/expected"));
  }

  private static double seconds(double gigabytes) {
    return Jobs.seconds(Jobs.cluster(2), gigabytes);
  }
}
