package dev.tributary.pipelines.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.schemas.plan.TrackingPlan;
import dev.tributary.schemas.registry.LoadReport;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.validation.JsonValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadSourceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 200_000;

  @Test
  void equalSeedsGiveEqualEvents() {
    LoadSource first = new LoadSource(3, LoadConfig.DEFAULT_DAY);
    LoadSource second = new LoadSource(3, LoadConfig.DEFAULT_DAY);
    LoadSource other = new LoadSource(4, LoadConfig.DEFAULT_DAY);
    boolean differs = false;
    for (int i = 0; i < 10_000; i++) {
      first.next();
      second.next();
      other.next();
      assertThat(first.value()).isEqualTo(second.value());
      assertThat(first.key()).isEqualTo(second.key());
      differs |= !Arrays.equals(first.value(), other.value());
    }
    assertThat(differs).isTrue();
  }

  @Test
  void makesTheSharesItPromises() throws IOException {
    LoadSource source = new LoadSource(3, LoadConfig.DEFAULT_DAY);
    Map<String, JsonValidator> validators = validators();
    Set<String> ids = new HashSet<>();
    Map<String, Integer> dates = new HashMap<>();
    long bytes = 0;
    int invalid = 0;
    for (int i = 0; i < EVENTS; i++) {
      source.next();
      bytes += source.value().length;
      JsonNode event = parse(source.value());
      if (event == null || !isValid(event, validators)) {
        invalid++;
      } else {
        ids.add(event.get("messageId").textValue());
        dates.merge(event.get("timestamp").textValue().substring(0, 10), 1, Integer::sum);
      }
    }
    System.out.println(bytes / EVENTS + " bytes an event, dates " + dates);
    assertThat(invalid).isEqualTo((int) source.broken()).isBetween(150, 250);
    assertThat((long) ids.size()).isEqualTo(source.unique());
    assertThat(source.unique() + source.duplicates() + source.broken()).isEqualTo(EVENTS);
    assertThat(source.duplicates()).isBetween(1_850L, 2_150L);
    assertThat(dates).containsOnlyKeys("2026-10-14", "2026-10-15");
    assertThat(dates.get("2026-10-14") / (double) EVENTS).isCloseTo(0.05, within(0.005));
    assertThat(bytes / EVENTS).isBetween(520L, 580L);
  }

  @Test
  void theRegistryTakesItsSchemasAndThePlanNamesThem(@TempDir Path directory) throws IOException {
    BenchSchemas.writeSchemas(directory);
    LoadReport report = SchemaRegistry.load(directory);
    assertThat(report.refusals()).isEmpty();
    assertThat(report.registry().all()).hasSize(12);
    Path file = directory.resolve("plan.yaml");
    BenchSchemas.writePlan(file);
    TrackingPlan plan = TrackingPlan.load(file);
    plan.verify(report.registry());
    assertThat(plan.targets()).hasSize(12);
    assertThat(plan.resolve("track", "Unknown Cart Viewed")).isEmpty();
  }

  @Test
  void phasesAreReadAsTheyAreWritten() {
    var phases = LoadPhase.parse("5000x60s,50000x120s");
    assertThat(phases)
        .containsExactly(
            new LoadPhase(5_000, Duration.ofSeconds(60)),
            new LoadPhase(50_000, Duration.ofSeconds(120)));
    assertThat(LoadPhase.format(phases)).isEqualTo("5000x60s,50000x120s");
    assertThat(phases.get(1).events()).isEqualTo(6_000_000);
  }

  private static Map<String, JsonValidator> validators() {
    Map<String, JsonValidator> validators = new HashMap<>();
    for (BenchEvent event : BenchEvent.ALL) {
      validators.put(event.name(), JsonValidator.compile(BenchSchemas.schema(event)));
    }
    return validators;
  }

  private static JsonNode parse(byte[] value) throws IOException {
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static boolean isValid(JsonNode event, Map<String, JsonValidator> validators) {
    JsonValidator validator = validators.get(event.get("event").textValue());
    return validator != null && validator.validate(event.get("properties")).isEmpty();
  }
}
