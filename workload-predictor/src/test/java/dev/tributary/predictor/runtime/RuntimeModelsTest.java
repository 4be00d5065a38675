package dev.tributary.predictor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.PredictorException;
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
import org.junit.jupiter.api.Test;

class RuntimeModelsTest {
  private static Cluster cluster(int workers) {
    return new Cluster("m5.xlarge", workers, 4, 16_000);
  }

  private static Map<String, Double> gigabytes(double size) {
    return Map.of("input_gb", size);
  }

  private static double truth(int workers, double size) {
    return 20 + 12 * size / workers + 2 * workers;
  }

  private static Run run(int workers, double size, double seconds, Outcome outcome) {
    return new Run(
        "job",
        workers + "-" + size,
        Optional.empty(),
        cluster(workers),
        gigabytes(size),
        Duration.ofMillis(Math.round(seconds * 1000)),
        OptionalDouble.of(1000 + 50 * size / workers),
        OptionalDouble.of(0.5),
        outcome,
        Map.of());
  }

  private static List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    Random random = new Random(3);
    for (int workers : new int[] {2, 4, 8, 12}) {
      for (double size : new double[] {10, 20, 40, 80}) {
        double noise = Math.exp(0.01 * random.nextGaussian());
        runs.add(run(workers, size, truth(workers, size) * noise, Outcome.FINISHED));
      }
    }
    return runs;
  }

  private static JobModel runtime(List<Run> runs) {
    return RuntimeModels.fit(runs, Target.RUNTIME_SECONDS, 1);
  }

  @Test
  void predictsBetweenTheRunsItSaw() {
    Prediction prediction = runtime(runs()).predict(cluster(6), gigabytes(30), 0.9);
    System.out.println("between the runs: " + prediction + ", truth " + truth(6, 30));
    assertThat(prediction.known()).isTrue();
    assertThat(prediction.expected()).isCloseTo(truth(6, 30), within(0.04 * truth(6, 30)));
    assertThat(prediction.upper()).isBetween(prediction.expected(), 1.2 * prediction.expected());
  }

  @Test
  void theOrderOfRunsDoesNotMatter() {
    List<Run> shuffled = runs();
    Collections.shuffle(shuffled, new Random(9));
    assertThat(runtime(shuffled).predict(cluster(6), gigabytes(30), 0.9))
        .isEqualTo(runtime(runs()).predict(cluster(6), gigabytes(30), 0.9));
  }

  @Test
  void farOutsideItSaysSo() {
    JobModel model = runtime(runs());
    assertThat(model.predict(cluster(200), gigabytes(30), 0.9).known()).isFalse();
    Prediction big = model.predict(cluster(4), gigabytes(5000), 0.9);
    assertThat(big.known()).isFalse();
    assertThat(big.reason()).contains("input_gb").contains("5000");
    Cluster other = new Cluster("r5.xlarge", 4, 4, 16_000);
    assertThat(model.predict(other, gigabytes(30), 0.9).reason()).contains("r5.xlarge");
    assertThat(model.predict(cluster(4), Map.of(), 0.9).known()).isFalse();
  }

  @Test
  void moreDataNeverTakesLess() {
    JobModel model = runtime(runs());
    double before = 0;
    for (double size : new double[] {10, 20, 40, 80, 100}) {
      double now = model.predict(cluster(12), gigabytes(size), 0.9).expected();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
  }

  @Test
  void oneRunGivesItsValueWideAndUnknown() {
    Prediction prediction = runtime(runs().subList(0, 1)).predict(cluster(2), gigabytes(10), 0.9);
    assertThat(prediction.known()).isFalse();
    assertThat(prediction.expected()).isCloseTo(truth(2, 10), within(3.0));
    assertThat(prediction.upper() / prediction.lower()).isGreaterThan(4);
  }

  @Test
  void aRunCutOffIsALowerBound() {
    List<Run> runs = runs();
    runs.removeIf(run -> run.inputs().get("input_gb") > 70);
    double bound = 3 * truth(2, 80);
    double before = runtime(runs).predict(cluster(2), gigabytes(80), 0.9).expected();
    runs.add(run(2, 80, bound, Outcome.TIMED_OUT));
    double after = runtime(runs).predict(cluster(2), gigabytes(80), 0.9).expected();
    assertThat(after).isGreaterThan(1.5 * before);
    List<Run> early = runs();
    early.add(run(2, 80, 5, Outcome.FAILED));
    assertThat(runtime(early).predict(cluster(2), gigabytes(80), 0.9))
        .isEqualTo(runtime(runs()).predict(cluster(2), gigabytes(80), 0.9));
  }

  @Test
  void memoryAndCpuAreTargetsToo() {
    Prediction memory =
        RuntimeModels.fit(runs(), Target.PEAK_MEMORY_MB, 1).predict(cluster(6), gigabytes(30), 0.9);
    assertThat(memory.expected()).isCloseTo(1250, within(60.0));
    Prediction cpu =
        RuntimeModels.fit(runs(), Target.CPU_UTILISATION, 1)
            .predict(cluster(6), gigabytes(30), 0.9);
    assertThat(cpu.expected()).isCloseTo(0.5, within(0.02));
    assertThat(cpu.upper()).isLessThanOrEqualTo(1);
  }

  @Test
  void refusesToLearnFromNothing() {
    assertThatThrownBy(() -> runtime(List.of())).isInstanceOf(PredictorException.class);
  }
}
