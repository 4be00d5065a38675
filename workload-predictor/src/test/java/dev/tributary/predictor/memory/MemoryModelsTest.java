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
    assertThat(at.upper()).isBetween(at.expected() * 1.25, 2_500 * 1.25);
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
    Run failed = runs.get(3);
    Run told =
        new Run(
            failed.job(),
            failed.id(),
            failed.started(),
            failed.cluster(),
            failed.inputs(),
            failed.runtime(),
            failed.peakMemoryMb(),
            failed.cpuUtilisation(),
            failed.outcome(),
            Map.of(MemoryModels.EXECUTOR_MEMORY, 6_000.0));
    List<Run> precise = new ArrayList<>(runs.subList(0, 3));
    precise.add(told);
    assertThat(bound(precise)).isBetween(1.5 * 6_000, 2 * 6_000.0);
  }

  @Example
  void whatFinishedInMoreMemoryBoundsTheRaise() {
    List<Run> runs = new ArrayList<>();
    for (double rows : new double[] {100, 101, 102}) {
      runs.add(outOfMemory(SMALL, rows));
      runs.add(finished(new Cluster("m", 2, 4, 9_000), rows, 8_900));
    }
    assertThat(
            MemoryModels.fit(runs)
                .orElseThrow()
                .predict(SMALL, Map.of("rows", 101.0), 0.95)
                .upper())
        .isBetween(9_000.0, 12_000.0);
  }

  @Example
  void garbageIsNotNeeded() {
    List<Run> runs = new ArrayList<>();
    for (double rows : new double[] {100, 200, 300, 400}) {
      runs.add(finished(new Cluster("m", 1, 4, 64_000), rows, 30_000));
      runs.add(finished(new Cluster("m", 1, 4, 1_000 + 10 * rows), rows, 900 + 10 * rows));
    }
    Prediction at =
        MemoryModels.fit(runs)
            .orElseThrow()
            .predict(new Cluster("m", 1, 4, 16_000), Map.of("rows", 300.0), 0.95);
    assertThat(at.upper()).isLessThan(1.4 * 4_000);
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
            MemoryModels.fit(List.of(silent, outOfMemory(SMALL, 100)))
                .orElseThrow()
                .predict(SMALL, Map.of("rows", 100.0), 0.9)
                .upper())
        .isGreaterThanOrEqualTo(1.3 * 8_000);
  }

  @Property(tries = 150, seed = "21")
  void theBoundIsNeverBelowAnObservedPeakOfComparableWorkAndOrderDoesNotMatter(
      @ForAll @IntRange(min = 1, max = 14) int count, @ForAll int seed) {
    Random random = new Random(seed);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Cluster cluster = new Cluster("m", 1 + random.nextInt(8), 4, 20_000);
      runs.add(finished(cluster, 100 + random.nextInt(900), 100 + random.nextInt(15_000)));
    }
    Map<String, Double> inputs = Map.of("rows", 100.0 + random.nextInt(900));
    Cluster asked = new Cluster("m", 1 + random.nextInt(8), 4, 20_000);
    Prediction at = MemoryModels.fit(runs).orElseThrow().predict(asked, inputs, 0.9);
    for (Run run : runs) {
      if (run.inputs().get("rows") <= inputs.get("rows")
          && run.cluster().workers() >= asked.workers()) {
        assertThat(at.upper()).isGreaterThanOrEqualTo(run.peakMemoryMb().getAsDouble() * 1.25);
      }
    }
    List<Run> shuffled = new ArrayList<>(runs);
    Collections.shuffle(shuffled, random);
    assertThat(MemoryModels.fit(shuffled).orElseThrow().predict(asked, inputs, 0.9).upper())
        .isCloseTo(at.upper(), within(at.upper() * 1e-6));
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
      double upper = model.predict(SMALL, Map.of("rows", rows), 0.8).upper();
      assertThat(upper).isGreaterThanOrEqualTo(before);
      assertThat(model.predict(SMALL, Map.of("rows", rows), 0.95).upper())
          .isGreaterThanOrEqualTo(upper);
      before = upper;
    }
  }

  private static double bound(List<Run> runs) {
    return MemoryModels.fit(runs).orElseThrow().predict(SMALL, Map.of("rows", 103.0), 0.95).upper();
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
