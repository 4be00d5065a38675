package dev.tributary.predictor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Replay;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job of 30 s in the driver and 640 s for each 10 GB in tasks, in 64 tasks a wave. */
class ScheduledTimeTest {
  private static double tasks(int slots, double gigabytes) {
    return gigabytes * 64 / Math.min(64, slots);
  }

  private static Run run(int workers, double gigabytes, double factor, boolean recorded) {
    Cluster cluster = new Cluster("m5.xlarge", workers, 4, 16_000);
    Map<String, Double> features = new HashMap<>();
    if (recorded) {
      Replay.SLOTS.forEach(n -> features.put(Replay.feature(n), factor * tasks(n, gigabytes)));
    }
    double seconds = factor * (30 + tasks(cluster.cores(), gigabytes));
    return new Run(
        "job",
        workers + "-" + gigabytes,
        Optional.empty(),
        cluster,
        Map.of("input_gb", gigabytes),
        Duration.ofMillis(Math.round(1000 * seconds)),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Outcome.FINISHED,
        features);
  }

  private static Prediction predict(List<Run> runs, int workers, double gigabytes) {
    return RuntimeModels.fit(runs, Target.RUNTIME_SECONDS, 1)
        .predict(new Cluster("m5.xlarge", workers, 4, 16_000), Map.of("input_gb", gigabytes), 0.9);
  }

  @Test
  void oneRunWithItsTasksTellsOtherClusters() {
    List<Run> one = List.of(run(4, 10, 1, true));
    assertThat(predict(one, 8, 10).expected()).isCloseTo(30 + tasks(32, 10), withPercentage(0.1));
    assertThat(predict(one, 2, 10).expected()).isCloseTo(30 + tasks(8, 10), withPercentage(0.1));
    assertThat(predict(one, 64, 10).expected()).isCloseTo(40, withPercentage(0.1));
    assertThat(predict(one, 8, 10).model()).contains("scheduler-replay");
    assertThat(predict(one, 8, 10).known()).isFalse();
  }

  @Test
  void withoutItsTasksOneRunTellsItsOwnTimeOnly() {
    List<Run> one = List.of(run(4, 10, 1, false));
    assertThat(predict(one, 8, 10).expected()).isCloseTo(30 + tasks(16, 10), withPercentage(0.1));
    assertThat(predict(one, 8, 10).model()).doesNotContain("replay");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e300})
  void aReplayThatLacksASlotCountIsNone(double wrong) {
    for (int slots : Replay.SLOTS) {
      Run told = run(4, 10, 1, true);
      Map<String, Double> features = new HashMap<>(told.features());
      features.put(Replay.feature(slots), wrong);
      assertThat(ScheduledTime.of(List.of(with(told, features)))).as("%d slots", slots).isEmpty();
    }
    Run least = with(run(4, 10, 1, false), Map.of(Replay.feature(1024), 5.0));
    Prediction prediction = predict(List.of(least), 8, 10);
    assertThat(prediction.expected()).isPositive().isFinite();
    assertThat(prediction.model()).doesNotContain("replay");
  }

  private static Run with(Run told, Map<String, Double> features) {
    return new Run(
        told.job(),
        told.id(),
        told.started(),
        told.cluster(),
        told.inputs(),
        told.runtime(),
        told.peakMemoryMb(),
        told.cpuUtilisation(),
        told.outcome(),
        features);
  }

  @Test
  void runsOfOneClusterTellInputsAndReplaysTellClusters() {
    List<Run> runs = new ArrayList<>();
    Random random = new Random(4);
    for (double size : new double[] {8, 10, 12, 14, 16, 18, 20}) {
      runs.add(run(4, size, Math.exp(0.01 * random.nextGaussian()), true));
    }
    double truth = 30 + tasks(32, 15);
    Prediction prediction = predict(runs, 8, 15);
    System.out.println("replayed: " + prediction + ", truth " + truth);
    assertThat(prediction.expected()).isCloseTo(truth, withPercentage(6));
    assertThat(prediction.known()).isFalse();
  }

  @Test
  void replaysThatMisleadLoseToTheRunsThemselves() {
    List<Run> runs = new ArrayList<>();
    Random random = new Random(4);
    for (int workers : new int[] {1, 2, 4, 8, 12}) {
      for (double size : new double[] {10, 15, 20}) {
        // Time does not fall with cores, whatever the replay says.
        Run told = run(workers, size, 1, true);
        runs.add(
            new Run(
                told.job(),
                told.id(),
                told.started(),
                told.cluster(),
                told.inputs(),
                Duration.ofMillis(
                    Math.round(10_000 * size * Math.exp(0.01 * random.nextGaussian()))),
                told.peakMemoryMb(),
                told.cpuUtilisation(),
                told.outcome(),
                told.features()));
      }
    }
    Prediction prediction = predict(runs, 6, 18);
    System.out.println("misled: " + prediction);
    assertThat(prediction.expected()).isCloseTo(180, withPercentage(4));
    assertThat(prediction.model()).doesNotContain("replay");
  }
}
