package dev.tributary.predictor.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.feature.SchedulerReplay.Stage;
import dev.tributary.predictor.run.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SchedulerReplayTest {
  private static Stage stage(int after, double... seconds) {
    return new Stage(seconds, after);
  }

  private static double seconds(int slots, Stage... stages) {
    return SchedulerReplay.seconds(List.of(stages), slots);
  }

  @Test
  void oneSlotTakesTheSumOfAllTasks() {
    assertThat(seconds(1, stage(0, 3, 4), stage(1, 5))).isEqualTo(12);
  }

  @Test
  void tasksGoToTheFirstFreeSlot() {
    // slot A: 3, then 2 (ends 5); slot B: 4, then 1 (ends 5)
    assertThat(seconds(2, stage(0, 3, 4, 2, 1))).isEqualTo(5);
  }

  @Test
  void aStageWaitsForThoseThatEndedBeforeIt() {
    assertThat(seconds(8, stage(0, 2), stage(0, 3, 1), stage(2, 4))).isEqualTo(7);
    assertThat(seconds(8, stage(0, 2), stage(0, 3, 1), stage(1, 4))).isEqualTo(6);
  }

  @Test
  void anEmptyStageHoldsNobodyUp() {
    assertThat(seconds(1, stage(0), stage(1, 2))).isEqualTo(2);
    assertThat(seconds(4)).isZero();
  }

  @Test
  void refusesAStageThatWaitsForItselfAndNoSlots() {
    assertThatThrownBy(() -> seconds(1, stage(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stage 0");
    assertThatThrownBy(() -> seconds(0, stage(0, 1))).isInstanceOf(IllegalArgumentException.class);
  }

  private static StageSummary summary(
      long id, long tasks, long from, long to, double sum, double median, double most) {
    return new StageSummary(id, 0, List.of(), tasks, from, to, sum, median, median, most, false);
  }

  private static Map<String, Double> curve(StageSummary... stages) {
    Map<String, Double> features = new TreeMap<>();
    ReplayCurve.features(List.of(stages), true, features);
    return features;
  }

  @Test
  void theCurveFallsFromTheSumOfAllTasksToTheLongestOfEachStage() {
    // Two jobs, one after the other: 64 tasks of 2 s, then 8 tasks of 5 s.
    Map<String, Double> curve =
        curve(summary(0, 64, 0, 1000, 128, 2, 2), summary(1, 8, 1000, 2000, 40, 5, 5));
    assertThat(curve).hasSize(Replay.SLOTS.size());
    assertThat(curve.get(Replay.feature(1))).isCloseTo(168, within(1e-6));
    assertThat(curve.get(Replay.feature(8))).isCloseTo(16 + 5, within(1e-6));
    assertThat(curve.get(Replay.feature(16))).isCloseTo(8 + 5, within(1e-6));
    assertThat(curve.get(Replay.feature(1024))).isCloseTo(2 + 5, within(1e-6));
  }

  @Test
  void stagesThatRanAtOneTimeRunSo() {
    Map<String, Double> curve =
        curve(summary(0, 8, 0, 1000, 16, 2, 2), summary(1, 8, 0, 2000, 40, 5, 5));
    assertThat(curve.get(Replay.feature(16))).isCloseTo(5, within(1e-6));
  }

  @Test
  void oneLongTaskBoundsAStageHoweverManySlots() {
    Map<String, Double> curve = curve(summary(0, 100, 0, 1000, 99 + 30, 1, 30));
    assertThat(curve.get(Replay.feature(1))).isCloseTo(129, within(1e-6));
    assertThat(curve.get(Replay.feature(1024))).isBetween(15.0, 30.0);
  }

  /** Drawn in full it would be 20 million tasks, more than a heap of 512 MB holds. */
  @Test
  void aWideLogKeepsToItsBudgetAndItsSum() {
    List<StageSummary> wide = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < Stages.MOST_KEPT - 1; i++) {
      long tasks = i % 10 == 0 ? 2 : 5_000;
      wide.add(summary(i, tasks, 0, i, 2.0 * tasks, 2, 2));
      sum += 2.0 * tasks;
    }
    int most = ReplayCurve.mostTasks(wide);
    assertThat(most).isBetween(40, 100);
    assertThat(wide.stream().mapToLong(stage -> Math.min(stage.tasks(), most)).sum())
        .isLessThanOrEqualTo(ReplayCurve.MOST_IN_ALL);
    long started = System.nanoTime();
    Map<String, Double> curve = curve(wide.toArray(StageSummary[]::new));
    System.out.printf("a wide log replayed in %d ms%n", (System.nanoTime() - started) / 1_000_000);
    assertThat(curve.get(Replay.feature(1))).isCloseTo(sum, within(1e-6 * sum));
    assertThat(curve.get(Replay.feature(64))).isCloseTo(sum / 64, within(1e-3 * sum));
  }

  @Test
  void aFewStagesAreDrawnInFull() {
    assertThat(ReplayCurve.mostTasks(List.of(summary(0, 100_000, 0, 1, 1, 1, 1)))).isEqualTo(2_048);
    assertThat(ReplayCurve.mostTasks(List.of())).isEqualTo(2_048);
  }

  @Test
  void nothingIsClaimedWhereStagesAreMissing() {
    Map<String, Double> features = new TreeMap<>();
    ReplayCurve.features(List.of(summary(0, 8, 0, 1000, 16, 2, 2)), false, features);
    assertThat(features.values()).hasSize(Replay.SLOTS.size()).containsOnly(0.0);
  }

  @Test
  void everyApplicationCarriesItsCurve() {
    ApplicationBuilder builder =
        new ApplicationBuilder(new LogName("app", Optional.empty(), false));
    builder.accept(new Event.ApplicationStart("etl", "app", null, 1_000, "u"));
    assertThat(builder.summary().features())
        .containsEntry(Replay.feature(1), 0.0)
        .containsEntry(Replay.feature(1024), 0.0);
  }
}
