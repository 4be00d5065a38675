package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlainAdvisorTest {
  private static final List<Run> RUNS = new ArrayList<>();

  static {
    for (JsonNode run : Jobs.runs("job", "r", 24, 3)) {
      RUNS.add(RunJson.run(At.body(run)));
    }
  }

  private static ObjectNode ask(List<Run> runs, List<Cluster> candidates, double deadline) {
    PlainAdvisor advisor = new PlainAdvisor(PriceList.read(At.body(Jobs.prices(0.192))));
    JobModel model = advisor.fit("ernest", runs, Quantity.RUNTIME_SECONDS, 1);
    return advisor.recommend(
        new Question(
            "job",
            runs,
            Map.of(Quantity.RUNTIME_SECONDS, model),
            Map.of("input_gb", 12.0),
            Optional.of(Jobs.cluster(2)),
            candidates,
            new Constraints(
                OptionalDouble.of(deadline),
                0.9,
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalDouble.empty()),
            Optional.empty()));
  }

  @Property(tries = 100, seed = "1")
  void choosesNoClusterThatMayMissTheDeadlineOrHasTooLittleMemory(
      @ForAll @DoubleRange(min = 1, max = 300) double deadline,
      @ForAll @IntRange(min = 1, max = 12) int thousands) {
    List<Cluster> candidates = new ArrayList<>();
    for (int workers = 1; workers <= 8; workers++) {
      candidates.add(Jobs.cluster(workers));
      candidates.add(new Cluster("m5.xlarge", workers, 4, 1_000 * thousands));
    }
    ObjectNode answer = ask(RUNS, candidates, deadline);
    assertThat(answer.path("frontier").size() + answer.path("rejected").size()).isPositive();
    assertThat(answer.path("chosen").isNull()).isEqualTo(!answer.path("advice").asBoolean());
    for (JsonNode one : answer.path("frontier")) {
      assertThat(one.path("runtime_upper_seconds").asDouble()).isLessThanOrEqualTo(deadline);
      assertThat(one.at("/cluster/memory_mb_per_worker").asDouble()).isGreaterThanOrEqualTo(5_000);
    }
  }

  @Test
  void theFrontierGetsFasterAsItGetsDearer() {
    JsonNode frontier = ask(RUNS, List.of(), 300).path("frontier");
    assertThat(frontier.size()).isGreaterThan(2);
    for (int i = 1; i < frontier.size(); i++) {
      assertThat(frontier.get(i).path("cost_usd").asDouble())
          .isGreaterThan(frontier.get(i - 1).path("cost_usd").asDouble());
      assertThat(frontier.get(i).path("runtime_seconds").asDouble())
          .isLessThan(frontier.get(i - 1).path("runtime_seconds").asDouble());
    }
  }

  @Test
  void keepsWhatTheJobRunsOnWhereNothingFits() {
    ObjectNode answer = ask(RUNS, List.of(), 1);
    assertThat(answer.path("advice").asBoolean()).isFalse();
    assertThat(answer.path("fallback").asBoolean()).isTrue();
    assertThat(answer.path("rejected").get(0).path("reason").asText()).contains("deadline");
  }

  @Test
  void theWatchSeesAChangeWithinFiveRunsAndNoneInAnOutlier() {
    Prediction said = new Prediction(100, 80, 125, 0.9, true, "m", "r");
    List<JobWatch.Closed> closed = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      closed.add(
          new JobWatch.Closed("r" + i, java.time.Instant.EPOCH, said, i == 20 ? 900 : 95 + i % 11));
    }
    RollingWatch watch = new RollingWatch(20);
    assertThat(watch.judge(closed).drift()).isFalse();
    assertThat(watch.judge(closed).coverage()).hasValue(0.95);
    for (int i = 30; i < 35; i++) {
      closed.add(new JobWatch.Closed("r" + i, java.time.Instant.EPOCH, said, 135));
    }
    assertThat(watch.judge(closed).drift()).isTrue();
    assertThat(watch.judge(closed).since().getAsInt()).isBetween(29, 31);
  }
}
