package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ErnestModelTest {
  private static List<Run> runs(int count, long seed) {
    List<Run> runs = new ArrayList<>();
    for (JsonNode run : Jobs.runs("job", "r", count, seed)) {
      runs.add(RunJson.run(At.body(run)));
    }
    return runs;
  }

  private static JobModel fit(List<Run> runs) {
    return ErnestModel.fit(runs, Quantity.RUNTIME_SECONDS).orElseThrow();
  }

  @Test
  void findsTheTimeThatAJobTakesOnAClusterItHadNot() {
    List<Run> seen = runs(30, 3).stream().filter(run -> run.cluster().workers() != 3).toList();
    Prediction prediction = fit(seen).predict(Jobs.cluster(3), Map.of("input_gb", 14.0), 0.9);
    assertThat(prediction.expected()).isCloseTo(Jobs.seconds(Jobs.cluster(3), 14), within(0.05));
    assertThat(prediction.known()).isTrue();
  }

  private static org.assertj.core.data.Percentage within(double share) {
    return org.assertj.core.data.Percentage.withPercentage(100 * share);
  }

  @Test
  void coversAboutWhatItPromises() {
    int covered = 0;
    int all = 0;
    Random random = new Random(11);
    for (int seed = 0; seed < 40; seed++) {
      JobModel model = fit(runs(25, seed));
      for (int i = 0; i < 20; i++) {
        Run run =
            Jobs.run("job", "new", 1 + i % 4, 10 + i % 7, Math.exp(0.03 * random.nextGaussian()));
        Prediction prediction = model.predict(run.cluster(), run.inputs(), 0.9);
        double actual = run.runtime().toMillis() / 1e3;
        covered += prediction.lower() <= actual && actual <= prediction.upper() ? 1 : 0;
        all++;
      }
    }
    assertThat((double) covered / all).isBetween(0.85, 1.0);
  }

  @Test
  void givesAWideIntervalAfterOneRun() {
    Prediction prediction = fit(runs(1, 1)).predict(Jobs.cluster(1), Map.of("input_gb", 10.0), 0.9);
    assertThat(prediction.upper() / prediction.expected()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void doesNotKnowOtherMachinesSizesAndInputs() {
    JobModel model = fit(runs(30, 3));
    Cluster other = new Cluster("r5.xlarge", 2, 4, 32_000);
    assertThat(model.predict(other, Map.of("input_gb", 12.0), 0.9).known()).isFalse();
    assertThat(model.predict(Jobs.cluster(40), Map.of("input_gb", 12.0), 0.9).known()).isFalse();
    assertThat(model.predict(Jobs.cluster(2), Map.of("input_gb", 90.0), 0.9).known()).isFalse();
    assertThat(model.predict(Jobs.cluster(2), Map.of(), 0.9).known()).isFalse();
    assertThat(model.predict(Jobs.cluster(2), Map.of("input_gb", 12.0), 0.9).known()).isTrue();
  }

  @Test
  void takesARunThatTimedOutAsALowerBound() {
    List<Run> runs = new ArrayList<>(runs(8, 3));
    double before = fit(runs).predict(Jobs.cluster(2), Map.of("input_gb", 12.0), 0.9).expected();
    runs.add(ended(Jobs.run("job", "killed early", 2, 12, 0.1), Outcome.TIMED_OUT));
    double early = fit(runs).predict(Jobs.cluster(2), Map.of("input_gb", 12.0), 0.9).expected();
    runs.add(ended(Jobs.run("job", "killed late", 2, 12, 3), Outcome.TIMED_OUT));
    double late = fit(runs).predict(Jobs.cluster(2), Map.of("input_gb", 12.0), 0.9).expected();
    assertThat(early).isEqualTo(before);
    assertThat(late).isGreaterThan(before);
  }

  @Test
  void knowsNothingOfAJobThatNeverFinished() {
    Run failed = ended(Jobs.run("job", "failed", 2, 12, 1), Outcome.FAILED);
    Prediction prediction =
        fit(List.of(failed)).predict(Jobs.cluster(2), Map.of("input_gb", 12.0), 0.9);
    assertThat(prediction.known()).isFalse();
    assertThat(prediction.reason()).contains("No run of the job has finished");
  }

  private static Run ended(Run run, Outcome outcome) {
    return new Run(
        run.job(),
        run.id(),
        run.started(),
        run.cluster(),
        run.inputs(),
        run.runtime(),
        run.peakMemoryMb(),
        run.cpuUtilisation(),
        outcome,
        run.features());
  }

  @Property(tries = 50, seed = "1")
  void everyPredictionIsAnIntervalAboveZero(
      @ForAll @IntRange(min = 1, max = 12) int count,
      @ForAll @IntRange(min = 1, max = 500) int workers,
      @ForAll @DoubleRange(min = 0, max = 1e6) double gigabytes,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double confidence) {
    Prediction prediction =
        fit(runs(count, count))
            .predict(Jobs.cluster(workers), Map.of("input_gb", gigabytes), confidence);
    assertThat(prediction.lower()).isPositive();
    assertThat(prediction.upper()).isFinite();
  }
}
