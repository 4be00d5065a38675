package dev.tributary.predictor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Ernest alone, on a job of 20 s and 40 s for each GB over the cores, with 3 % noise. */
class ErnestTest {
  private static Cluster cluster(int workers) {
    return new Cluster("m5.xlarge", workers, 4, 16_000);
  }

  private static Map<String, Double> gigabytes(double size) {
    return Map.of("input_gb", size);
  }

  private static double seconds(int workers, double gigabytes) {
    return 20 + 40 * gigabytes / cluster(workers).cores();
  }

  private static Run run(int workers, double gigabytes, double factor, Outcome outcome) {
    return new Run(
        "job",
        "run",
        Optional.empty(),
        cluster(workers),
        gigabytes(gigabytes),
        Duration.ofMillis(Math.round(1000 * factor * seconds(workers, gigabytes))),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        outcome,
        Map.of());
  }

  private static List<Run> runs(int count, long seed) {
    Random random = new Random(seed);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double noise = Math.exp(0.03 * random.nextGaussian());
      runs.add(run(1 + i % 4, 10 + i % 7, noise, Outcome.FINISHED));
    }
    return runs;
  }

  private static JobModel fit(List<Run> runs) {
    return RuntimeModels.fitErnest(runs, Target.RUNTIME_SECONDS);
  }

  @Test
  void findsTheTimeThatAJobTakesOnAClusterItHadNot() {
    List<Run> seen = runs(30, 3).stream().filter(run -> run.cluster().workers() != 3).toList();
    Prediction prediction = fit(seen).predict(cluster(3), gigabytes(14), 0.9);
    assertThat(prediction.expected()).isCloseTo(seconds(3, 14), withPercentage(5));
    assertThat(prediction.known()).isTrue();
    assertThat(prediction.model()).isEqualTo("ernest");
  }

  @Test
  void coresAreWhatCountsHoweverTheyAreSpreadOverMachines() {
    JobModel model = fit(runs(30, 3));
    Cluster oneBig = new Cluster("m5.xlarge", 1, 12, 16_000);
    assertThat(model.predict(oneBig, gigabytes(12), 0.9))
        .isEqualTo(model.predict(cluster(3), gigabytes(12), 0.9));
  }

  @Test
  void coversAboutWhatItPromises() {
    int covered = 0;
    int all = 0;
    Random random = new Random(11);
    for (int seed = 0; seed < 20; seed++) {
      JobModel model = fit(runs(25, seed));
      for (int i = 0; i < 20; i++) {
        double actual = seconds(1 + i % 4, 10 + i % 7) * Math.exp(0.03 * random.nextGaussian());
        Prediction prediction = model.predict(cluster(1 + i % 4), gigabytes(10 + i % 7), 0.9);
        covered += prediction.lower() <= actual && actual <= prediction.upper() ? 1 : 0;
        all++;
      }
    }
    System.out.printf("Ernest: %d of %d inside a 90 %% interval%n", covered, all);
    assertThat((double) covered / all).isBetween(0.85, 0.99);
  }

  @Test
  void whatIsSaidOfARowWithoutItDoesNotDependOnItsValue() {
    double[][] rows = {{2, 10}, {4, 30}, {8, 20}};
    double[] target = {100, 140, 70};
    Design plain = new Design(List.of("machines", "size"), 0, rows, target);
    double[] other = {100, 1400, 70};
    Design changed = new Design(List.of("machines", "size"), 0, rows, other);
    int[] second = {1};
    assertThat(new ErnestMember(changed).withoutBlock(second)[0].mean())
        .isEqualTo(new ErnestMember(plain).withoutBlock(second)[0].mean());
  }

  @Test
  void givesAWideIntervalAfterOneRun() {
    Prediction prediction = fit(runs(1, 1)).predict(cluster(1), gigabytes(10), 0.9);
    assertThat(prediction.upper() / prediction.expected()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void learnsTheInputsWhereTheClusterNeverChanged() {
    List<Run> runs = new ArrayList<>();
    for (int size = 10; size < 20; size++) {
      runs.add(run(2, size, 1, Outcome.FINISHED));
    }
    Prediction prediction = fit(runs).predict(cluster(2), gigabytes(14.5), 0.9);
    assertThat(prediction.expected()).isCloseTo(seconds(2, 14.5), withPercentage(2));
    assertThat(fit(runs).predict(cluster(3), gigabytes(14.5), 0.9).known()).isFalse();
  }

  @Test
  void doesNotKnowOtherMachinesSizesAndInputs() {
    JobModel model = fit(runs(30, 3));
    Cluster other = new Cluster("r5.xlarge", 2, 4, 32_000);
    assertThat(model.predict(other, gigabytes(12), 0.9).known()).isFalse();
    assertThat(model.predict(cluster(40), gigabytes(12), 0.9).known()).isFalse();
    assertThat(model.predict(cluster(2), gigabytes(90), 0.9).known()).isFalse();
    assertThat(model.predict(cluster(2), Map.of(), 0.9).known()).isFalse();
    assertThat(model.predict(cluster(2), gigabytes(12), 0.9).known()).isTrue();
  }

  @Test
  void takesARunThatTimedOutAsALowerBound() {
    List<Run> runs = new ArrayList<>(runs(8, 3));
    double before = fit(runs).predict(cluster(2), gigabytes(12), 0.9).expected();
    runs.add(run(2, 12, 0.1, Outcome.TIMED_OUT));
    double early = fit(runs).predict(cluster(2), gigabytes(12), 0.9).expected();
    runs.add(run(2, 12, 3, Outcome.TIMED_OUT));
    double late = fit(runs).predict(cluster(2), gigabytes(12), 0.9).expected();
    assertThat(early).isEqualTo(before);
    assertThat(late).isGreaterThan(before);
  }

  @Test
  void knowsNothingOfAJobThatNeverFinished() {
    Run failed = run(2, 12, 1, Outcome.FAILED);
    Prediction prediction = fit(List.of(failed)).predict(cluster(2), gigabytes(12), 0.9);
    assertThat(prediction.known()).isFalse();
    assertThat(prediction.reason()).contains("no run has finished yet");
  }

  @Property(tries = 50, seed = "1")
  void everyPredictionIsAnIntervalAboveZero(
      @ForAll @IntRange(min = 1, max = 12) int count,
      @ForAll @IntRange(min = 1, max = 500) int workers,
      @ForAll @DoubleRange(min = 0, max = 1e6) double gigabytes,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double confidence) {
    Prediction prediction =
        fit(runs(count, count)).predict(cluster(workers), gigabytes(gigabytes), confidence);
    assertThat(prediction.lower()).isPositive();
    assertThat(prediction.upper()).isFinite();
  }
}
