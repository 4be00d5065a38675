package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.recommend.JobModels;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecommendingAdvisorTest {
  private static final List<Run> RUNS = new ArrayList<>();

  static {
    for (JsonNode run : Jobs.runs("job", "r", 24, 3)) {
      RUNS.add(RunJson.storedRun(run.toString()));
    }
  }

  private static RecommendingAdvisor advisor() {
    return new RecommendingAdvisor(PricesJson.read(At.body(Jobs.prices(0.192)), Prices.shipped()));
  }

  /** Many logs measure no peak; that a run ran out of memory is in all of them. */
  @Test
  void aRunOutOfMemoryAloneMakesAModelOfMemory() {
    List<Run> silent = RUNS.stream().map(RecommendingAdvisorTest::withoutPeak).toList();
    List<Run> failed = new ArrayList<>(silent);
    failed.set(0, silent.get(0).ended(Outcome.OUT_OF_MEMORY, Duration.ofSeconds(9)));
    RecommendingAdvisor advisor = advisor();
    assertThat(advisor.fit("ensemble", silent, Quantity.PEAK_MEMORY_MB, 1)).isEmpty();
    assertThat(advisor.fit("ensemble", failed, Quantity.PEAK_MEMORY_MB, 1)).isPresent();
  }

  private static Run withoutPeak(Run run) {
    return new Run(
        run.job(),
        run.id(),
        run.started(),
        run.cluster(),
        run.inputs(),
        run.runtime(),
        OptionalDouble.empty(),
        run.cpuUtilisation(),
        run.outcome(),
        run.features());
  }

  @Test
  void modelsOfOtherJobsAreFittedOnceToTheSameRuns() {
    RecommendingAdvisor advisor = advisor();
    JobModels first = advisor.ofOtherJob(RUNS);
    assertThat(advisor.ofOtherJob(new ArrayList<>(RUNS))).isSameAs(first);
    assertThat(advisor.ofOtherJob(RUNS.subList(1, RUNS.size()))).isNotSameAs(first);
  }

  @Test
  void candidatesOfOneTypeThatDifferInMemoryOnlyAreAllLookedAt() {
    List<Run> others = RUNS.stream().map(run -> run.withCluster(Jobs.cluster(2))).toList();
    Question question =
        new Question(
            "new",
            List.of(),
            Map.of(),
            Map.of("input_gb", 12.0),
            Optional.empty(),
            List.of(Jobs.cluster(2), new Cluster("m5.xlarge", 2, 4, 64_000)),
            ConstraintsJson.none(),
            Optional.empty(),
            Platform.SPARK_SUBMIT);
    Recommendation answer = advisor().first(question, others);
    assertThat(answer.candidates())
        .extracting(of -> of.candidate().cluster().memoryMbPerWorker())
        .containsExactlyInAnyOrder(16_000.0, 64_000.0);
  }

  private static ObjectNode ask(String learner, List<Cluster> candidates, double deadline) {
    List<Run> runs = RUNS;
    RecommendingAdvisor advisor = advisor();
    Map<Quantity, JobModel> models = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      models.put(quantity, advisor.fit(learner, runs, quantity, 1).orElseThrow());
    }
    Question question =
        new Question(
            "job",
            runs,
            models,
            Map.of("input_gb", 12.0),
            Optional.of(Jobs.cluster(2)),
            candidates,
            ConstraintsJson.none()
                .with(Optional.of(ConstraintsJson.seconds(deadline)), OptionalDouble.empty()),
            Optional.empty(),
            Platform.SPARK_SUBMIT);
    return AdviceJson.of(advisor.recommend(question), models.get(Quantity.RUNTIME_SECONDS));
  }

  @Property(tries = 20, seed = "1")
  void choosesNoClusterThatMayMissTheDeadlineOrHasTooLittleMemory(
      @ForAll @DoubleRange(min = 1, max = 300) double deadline,
      @ForAll @IntRange(min = 1, max = 12) int thousands) {
    List<Cluster> candidates = new ArrayList<>();
    for (int workers = 1; workers <= 8; workers++) {
      candidates.add(Jobs.cluster(workers));
      candidates.add(new Cluster("m5.xlarge", workers, 4, 1_000 * thousands));
    }
    ObjectNode answer = ask("ensemble", candidates, deadline);
    assertThat(answer.path("frontier").size() + answer.path("rejected").size()).isPositive();
    assertThat(answer.path("chosen").isNull()).isEqualTo(!answer.path("advice").asBoolean());
    if (answer.path("advice").asBoolean()) {
      assertThat(answer.at("/chosen/runtime_upper_seconds").asDouble())
          .isLessThanOrEqualTo(deadline);
      assertThat(answer.at("/chosen/cluster/memory_mb_per_worker").asDouble())
          .isGreaterThanOrEqualTo(5_000);
    }
    for (JsonNode one : answer.path("frontier")) {
      assertThat(one.at("/cluster/memory_mb_per_worker").asDouble()).isGreaterThanOrEqualTo(5_000);
    }
  }

  @Test
  void theFrontierGetsFasterAsItGetsDearer() {
    JsonNode frontier = ask("ensemble", List.of(), 300).path("frontier");
    assertThat(frontier.size()).isGreaterThan(2);
    for (int i = 1; i < frontier.size(); i++) {
      assertThat(frontier.get(i).path("cost_upper_usd").asDouble())
          .isGreaterThan(frontier.get(i - 1).path("cost_upper_usd").asDouble());
      assertThat(frontier.get(i).path("runtime_upper_seconds").asDouble())
          .isLessThan(frontier.get(i - 1).path("runtime_upper_seconds").asDouble());
    }
  }

  @Test
  void keepsWhatTheJobRunsOnWhereNothingFits() {
    ObjectNode answer = ask("ensemble", List.of(), 1);
    assertThat(answer.path("advice").asBoolean()).isFalse();
    assertThat(answer.path("rejected").findValuesAsText("reason"))
        .anyMatch(reason -> reason.contains("deadline"));
  }
}
