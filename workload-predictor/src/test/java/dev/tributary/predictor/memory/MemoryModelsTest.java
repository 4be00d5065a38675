package dev.tributary.predictor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MemoryModelsTest {
  private static final Cluster SMALL = new Cluster("m", 2, 4, 8_000);

  @Example
  void aPeakThatGrowsWithTheInputIsFollowed() {
    List<Run> runs = new ArrayList<>();
    for (double rows : new double[] {100, 200, 300, 400, 500, 600}) {
      runs.add(finished(SMALL, rows, 500 + 4 * rows));
    }
    Prediction at =
        MemoryModels.fit(runs).orElseThrow().predict(SMALL, Map.of("rows", 450.0), 0.95);
    assertThat(at.expected()).isCloseTo(500 + 4 * 450, within(50.0));
    assertThat(at.upper()).isBetween(at.expected(), 2_500 * 1.1);
    assertThat(at.known()).isTrue();
  }

  @Example
  void moreWorkersNeedLessEachWhereTheRunsShowThat() {
    List<Run> runs = new ArrayList<>();
    for (int workers : new int[] {1, 2, 4, 8}) {
      for (double rows : new double[] {1000, 2000, 3000}) {
        runs.add(finished(new Cluster("m", workers, 4, 16_000), rows, 300 + 4 * rows / workers));
      }
    }
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    double two =
        model.predict(new Cluster("m", 2, 4, 16_000), Map.of("rows", 3000.0), 0.9).expected();
    double six =
        model.predict(new Cluster("m", 6, 4, 16_000), Map.of("rows", 3000.0), 0.9).expected();
    assertThat(two).isCloseTo(6300, within(600.0));
    assertThat(six).isLessThan(two);
  }

  @Example
  void aRunOutOfMemoryRaisesTheBound() {
    List<Run> runs =
        List.of(
            finished(SMALL, 100, 3_000),
            finished(SMALL, 101, 3_050),
            finished(SMALL, 102, 3_100),
            outOfMemory(SMALL, 103));
    assertThat(bound(runs)).isBetween(1.3 * 8_000, 2 * 8_000.0);
    List<Run> precise = new ArrayList<>(runs.subList(0, 3));
    precise.add(runs.get(3).withFeature(MemoryModels.EXECUTOR_MEMORY, 6_000));
    assertThat(bound(precise)).isBetween(1.5 * 6_000, 2 * 6_000.0);
  }

  /** A log that samples no peak may say 0. */
  @Example
  void aPeakOfZeroWasNotMeasured() {
    List<Run> runs =
        new ArrayList<>(
            List.of(
                finished(SMALL, 100, 0),
                finished(SMALL, 101, 3_000),
                finished(SMALL, 102, 3_050),
                finished(SMALL, 200, 3_100),
                finished(SMALL, 300, 3_100)));
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    Prediction at = model.predict(SMALL, Map.of("rows", 100.0), 0.95);
    assertThat(at.expected()).isBetween(2_500.0, 3_500.0);
    assertThat(at.upper()).isBetween(3_000.0, 8_000.0);
    assertThat(bound(runs)).isBetween(1.25 * 3_000, 8_000.0);
    assertThat(MemoryModels.fit(runs.subList(0, 1))).isEmpty();
  }

  @Example
  void whatFinishedInMoreMemoryBoundsTheRaise() {
    List<Run> runs = new ArrayList<>();
    for (double rows : new double[] {100, 101, 102}) {
      runs.add(outOfMemory(SMALL, rows));
      runs.add(finished(new Cluster("m", 2, 4, 9_000), rows, 8_900));
    }
    assertThat(sufficient(MemoryModels.fit(runs).orElseThrow(), SMALL, Map.of("rows", 101.0), 0.95))
        .isBetween(9_000.0, 12_000.0);
  }

  @Example
  void garbageIsNotNeeded() {
    List<Run> runs = new ArrayList<>();
    for (double rows : new double[] {100, 200, 300, 400}) {
      runs.add(finished(new Cluster("m", 1, 4, 64_000), rows, 30_000));
      runs.add(finished(new Cluster("m", 1, 4, 1_000 + 10 * rows), rows, 900 + 10 * rows));
    }
    Cluster middle = new Cluster("m", 1, 4, 16_000);
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    assertThat(sufficient(model, middle, Map.of("rows", 300.0), 0.95)).isLessThan(1.4 * 4_000);
  }

  @Example
  void theBoundFollowsTheGarbageOfTheMemoryThatIsThereAndIsNotAboveIt() {
    List<Run> runs = new ArrayList<>();
    for (double rows : new double[] {100, 200, 300, 400}) {
      for (double memory : new double[] {2_000, 4_000, 8_000}) {
        runs.add(finished(new Cluster("m", 1, 4, memory), rows, 300 + 2 * rows + 0.3 * memory));
      }
    }
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    for (double rows : new double[] {200, 250}) {
      for (double memory : new double[] {2_500, 6_000}) {
        double peak = 300 + 2 * rows + 0.3 * memory;
        Prediction at = model.predict(new Cluster("m", 1, 4, memory), Map.of("rows", rows), 0.95);
        assertThat(at.upper()).isBetween(peak * 0.99, peak * 1.15);
      }
      Cluster tight = new Cluster("m", 1, 4, 500);
      assertThat(model.predict(tight, Map.of("rows", rows), 0.95).upper()).isLessThanOrEqualTo(500);
      assertThat(sufficient(model, tight, Map.of("rows", rows), 0.95)).isGreaterThan(500);
    }
  }

  @Example
  void aFewRunsOnACurveDoNotPromiseThatTheNextIsOnIt() {
    List<Run> runs = new ArrayList<>();
    Cluster cluster = new Cluster("m", 1, 4, 8_000);
    for (double rows : new double[] {100, 200, 300, 400}) {
      runs.add(finished(cluster, rows, 10 * rows));
    }
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    double peak = 2_500;
    assertThat(model.predict(cluster, Map.of("rows", 250.0), 0.95).upper())
        .isBetween(peak * 1.1, peak * 1.4);
  }

  @Example
  void whereEachWorkloadHadOneMemoryWhatGrowsIsNotTakenForGarbage() {
    List<Run> runs =
        List.of(
            finished(new Cluster("m", 1, 2, 537), 250, 359),
            finished(new Cluster("m", 1, 2, 940), 500, 528),
            finished(new Cluster("m", 1, 2, 2_684), 1_400, 1_469),
            outOfMemory(new Cluster("m", 1, 2, 1_074), 1_400));
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    assertThat(sufficient(model, new Cluster("m", 1, 2, 600), Map.of("rows", 900.0), 0.95))
        .isGreaterThan(900);
  }

  @Example
  void beyondAllRunsWhatSufficesGrowsInProportion() {
    List<Run> runs = new ArrayList<>();
    for (double rows : new double[] {100, 200, 300}) {
      runs.add(finished(SMALL, rows, 10 * rows));
    }
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    assertThat(sufficient(model, SMALL, Map.of("rows", 600.0), 0.95))
        .isGreaterThanOrEqualTo(2 * 3_000 * 1.25);
  }

  @Example
  void whatAtLeastThisWorkFinishedInSuffices() {
    List<Run> runs = new ArrayList<>();
    for (double memory : new double[] {4_000, 8_000, 16_000}) {
      Run run = finished(new Cluster("m", 1, 4, memory), 100, 0.8 * memory);
      runs.add(run.withFeature(MemoryModels.EXECUTOR_MEMORY, memory));
    }
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    Cluster large = new Cluster("m", 1, 4, 16_000);
    assertThat(sufficient(model, large, Map.of("rows", 100.0), 0.95)).isBetween(4_000.0, 4_400.0);
  }

  @Example
  void farBeyondTheRunsNothingIsKnown() {
    List<Run> runs = new ArrayList<>();
    for (double rows : new double[] {100, 110, 120, 130}) {
      runs.add(finished(SMALL, rows, 10 * rows));
    }
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    assertThat(model.predict(SMALL, Map.of("rows", 125.0), 0.95).known()).isTrue();
    assertThat(model.predict(SMALL, Map.of("rows", 400.0), 0.95).known()).isFalse();
    assertThat(model.predict(SMALL, Map.of(), 0.95).known()).isFalse();
    assertThat(
            MemoryModels.fit(runs.subList(0, 1))
                .orElseThrow()
                .predict(SMALL, Map.of("rows", 100.0), 0.95)
                .known())
        .isFalse();
  }

  @Example
  void runsWithoutPeaksMakeNoModelButFailuresOfMemoryDo() {
    Run silent = run(SMALL, 100, OptionalDouble.empty(), Outcome.FINISHED, "s");
    assertThat(MemoryModels.fit(List.of(silent))).isEmpty();
    assertThat(
            sufficient(
                MemoryModels.fit(List.of(silent, outOfMemory(SMALL, 100))).orElseThrow(),
                SMALL,
                Map.of("rows", 100.0),
                0.9))
        .isGreaterThanOrEqualTo(1.3 * 8_000);
  }

  @Property(tries = 150, seed = "21")
  void whatSufficesIsAboveAnyObservedPeakOfNoMoreWorkAndOrderDoesNotMatter(
      @ForAll @IntRange(min = 1, max = 14) int count, @ForAll int seed) {
    Random random = new Random(seed);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Cluster cluster = new Cluster("m", 1 + random.nextInt(8), 4, 20_000);
      runs.add(finished(cluster, 100 + random.nextInt(900), 100 + random.nextInt(15_000)));
    }
    Map<String, Double> inputs = Map.of("rows", 100.0 + random.nextInt(900));
    Cluster asked = new Cluster("m", 1 + random.nextInt(8), 4, 20_000);
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    Prediction at = model.predict(asked, inputs, 0.9);
    double enough = sufficient(model, asked, inputs, 0.9);
    for (Run run : runs) {
      if (run.inputs().get("rows") <= inputs.get("rows")
          && run.cluster().workers() >= asked.workers()) {
        assertThat(at.upper()).isGreaterThanOrEqualTo(run.peakMemoryMb().getAsDouble());
        assertThat(enough).isGreaterThanOrEqualTo(run.peakMemoryMb().getAsDouble() * 1.25);
      }
    }
    List<Run> shuffled = new ArrayList<>(runs);
    Collections.shuffle(shuffled, random);
    JobModel other = MemoryModels.fit(shuffled).orElseThrow();
    assertThat(other.predict(asked, inputs, 0.9).upper())
        .isCloseTo(at.upper(), within(at.upper() * 1e-6));
    assertThat(sufficient(other, asked, inputs, 0.9)).isCloseTo(enough, within(enough * 1e-6));
  }

  @Property(tries = 100, seed = "22")
  void moreInputAndMoreConfidenceNeverNeedLess(@ForAll int seed) {
    Random random = new Random(seed);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double rows = 100 + random.nextInt(900);
      runs.add(finished(SMALL, rows, (500 + 5 * rows) * (0.9 + 0.2 * random.nextDouble())));
    }
    JobModel model = MemoryModels.fit(runs).orElseThrow();
    double before = 0;
    for (double rows = 50; rows < 2000; rows += 50) {
      Map<String, Double> inputs = Map.of("rows", rows);
      double enough = sufficient(model, SMALL, inputs, 0.8);
      assertThat(enough).isGreaterThanOrEqualTo(before);
      assertThat(sufficient(model, SMALL, inputs, 0.95)).isGreaterThanOrEqualTo(enough);
      assertThat(model.predict(SMALL, inputs, 0.95).upper())
          .isGreaterThanOrEqualTo(model.predict(SMALL, inputs, 0.8).upper());
      before = enough;
    }
  }

  private static double bound(List<Run> runs) {
    return sufficient(MemoryModels.fit(runs).orElseThrow(), SMALL, Map.of("rows", 103.0), 0.95);
  }

  private static double sufficient(
      JobModel model, Cluster cluster, Map<String, Double> inputs, double confidence) {
    return ExecutorMemory.sufficientMb(model, cluster, inputs, confidence);
  }

  static Run finished(Cluster cluster, double rows, double peak) {
    return run(cluster, rows, OptionalDouble.of(peak), Outcome.FINISHED, "r");
  }

  static Run outOfMemory(Cluster cluster, double rows) {
    return run(cluster, rows, OptionalDouble.empty(), Outcome.OUT_OF_MEMORY, "o");
  }

  private static Run run(
      Cluster cluster, double rows, OptionalDouble peak, Outcome outcome, String id) {
    return new Run(
        "job",
        id + rows + cluster,
        Optional.empty(),
        cluster,
        Map.of("rows", rows),
        Duration.ofMinutes(10),
        peak,
        OptionalDouble.empty(),
        outcome,
        Map.of());
  }
}
