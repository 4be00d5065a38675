package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.online.Promotion;
import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackLoopTest {
  @TempDir Path data;
  private final Random random = new Random(5);
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private PredictorApi api;

  @BeforeEach
  void open() {
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now;
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
          }
        };
    api =
        PredictorApi.open(
            data, Plugs.advisor(Optional.empty()), Watch.latest(), clock, "a test", Duration.ZERO);
    api.addRuns(Jobs.runs("job", "past", 20, 7));
  }

  @AfterEach
  void close() {
    api.close();
  }

  /** Asks, runs on what is said, and reports; the job takes {@code factor} of what it took. */
  private JsonNode cycle(String id, double factor) {
    now = now.plusSeconds(3600);
    ObjectNode asked = api.recommend(Jobs.ask("job", id, 12));
    Cluster cluster = RunJson.cluster(At.body(asked.path("cluster")));
    double noise = Math.exp(0.03 * random.nextGaussian());
    return api.feedback(Jobs.feedback(Jobs.run("job", id, cluster.workers(), 12, factor * noise)));
  }

  private List<String> cycles(String prefix, int count, double factor) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cycle(prefix + i, factor).path("events").forEach(event -> events.add(event.asText()));
    }
    return events;
  }

  @Test
  void raisesNoAlarmOverAJobThatStaysAsItIs() {
    assertThat(cycles("calm", 60, 1)).isEmpty();
    JsonNode accuracy = api.accuracy("job", 10);
    assertThat(accuracy.at("/drift/alarm").asBoolean()).isFalse();
    assertThat(accuracy.path("mape").asDouble()).isLessThan(0.06);
    assertThat(accuracy.path("coverage").asDouble()).isGreaterThanOrEqualTo(0.8);
    assertThat(accuracy.path("scored").asInt()).isEqualTo(60);
    assertThat(accuracy.path("series")).hasSize(10);
  }

  @Test
  void afterAChangeTrainsAChallengerPromotesItOnLaterRunsAndRollsBack() {
    cycles("before", 10, 1);
    List<String> events = cycles("after", 5, 1.8);
    assertThat(events).hasSize(1).first().asString().contains("Drift", "challenger");
    List<String> later = cycles("later", 6, 1.8);
    assertThat(later).hasSize(1).first().asString().contains("promoted", "5 later runs");
    assertThat(cycles("settled", 10, 1.8)).isEmpty();
    JsonNode models = api.models("job");
    assertThat(models.get(0).path("status").asText()).isEqualTo("retired");
    assertThat(models.get(1).path("status").asText()).isEqualTo("champion");
    assertThat(models.get(1).path("replaced").asInt()).isEqualTo(1);
    JsonNode now = api.accuracy("job", 5);
    assertThat(now.at("/drift/alarm").asBoolean()).isFalse();
    assertThat(now.path("series").get(4).at("/outcome/error").asDouble()).isBetween(-0.1, 0.1);

    JsonNode back = api.rollback(RunJson.MAPPER.createObjectNode().put("job", "job"));
    assertThat(back.get(0).path("status").asText()).isEqualTo("champion");
    assertThat(back.get(1).path("status").asText()).isEqualTo("retired");
  }

  @Test
  void aChallengerThatIsNotBetterIsNeverPromoted() {
    ObjectNode body = RunJson.MAPPER.createObjectNode().put("job", "job").put("latest_runs", 2);
    api.challenge(body);
    List<String> events = cycles("calm", Promotion.MOST + 1, 1);
    assertThat(events).hasSize(1).first().asString().contains("rejected");
    assertThat(api.models("job").get(0).path("status").asText()).isEqualTo("champion");
  }

  @Test
  void autoApplyAsksForEvidenceAndStopsAtDrift() {
    assertRefused("auto-apply", "step by step");
    mode("suggest");
    assertRefused("auto-apply", "asks for 5 scored predictions");
    cycles("evidence", 12, 1);
    mode("auto-apply");
    ObjectNode applied = api.recommend(Jobs.ask("job", "applied", 12));
    assertThat(applied.path("apply").asBoolean()).isTrue();
    assertThat(applied.path("cluster")).isEqualTo(applied.at("/recommendation/chosen/cluster"));
    assertThat(applied.at("/recommendation/chosen/runtime_upper_seconds").asDouble())
        .isLessThanOrEqualTo(applied.at("/constraints/deadline_seconds").asDouble());
    ObjectNode far = api.recommend(Jobs.ask("job", null, 1e9));
    assertThat(far.path("effective_mode").asText()).isEqualTo("auto-apply");
    assertThat(far.path("apply").asBoolean()).as("far beyond the runs").isFalse();
    cycles("slow", 5, 2);
    ObjectNode held = api.recommend(Jobs.ask("job", "held", 12));
    assertThat(held.path("mode").asText()).isEqualTo("auto-apply");
    assertThat(held.path("effective_mode").asText()).isEqualTo("suggest");
    assertThat(held.path("apply").asBoolean()).isFalse();
  }

  @Test
  void showsPredictionsWithoutAnOutcomeAsOrphans() {
    api.recommend(Jobs.ask("job", "lost", 12));
    assertThat(api.predictions("job", "orphan", 10)).isEmpty();
    now = now.plus(Duration.ofHours(25));
    api.recommend(Jobs.ask("job", "fresh", 12));
    assertThat(api.predictions("job", "orphan", 10).findValuesAsText("run_id"))
        .containsExactly("lost");
    assertThat(api.accuracy("job", 0).path("open").asInt()).isEqualTo(2);
    assertThat(api.accuracy("job", 0).path("orphans").asInt()).isEqualTo(1);
  }

  @Test
  void aRunOnAnotherClusterThanPredictedIsLearnedFromButNotScored() {
    api.recommend(Jobs.ask("job", "moved", 12));
    Run run = Jobs.run("job", "moved", 4, 12, 1);
    JsonNode closed = api.addRuns(RunJson.of(run));
    assertThat(closed.path("predictions_closed").asInt()).isEqualTo(1);
    JsonNode accuracy = api.accuracy("job", 0);
    assertThat(accuracy.path("closed").asInt()).isEqualTo(1);
    assertThat(accuracy.path("scored").asInt()).isZero();
    assertThat(accuracy.path("runs").asInt()).isEqualTo(21);
  }

  @Test
  void whatHasBeenIsNotPredicted() {
    Run known = Jobs.run("job", "early", 2, 12, 1);
    api.addRuns(RunJson.of(known));
    assertThatThrownBy(() -> api.recommend(Jobs.ask("job", "early", 12)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("stored with its outcome");
    assertThat(api.accuracy("job", 0).path("open").asInt()).isZero();
  }

  private void mode(String mode) {
    api.setMode(RunJson.MAPPER.createObjectNode().put("job", "job").put("mode", mode));
  }

  private void assertRefused(String mode, String reason) {
    assertThatThrownBy(() -> mode(mode))
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll("'job'")
        .message()
        .containsIgnoringCase(reason);
  }
}
