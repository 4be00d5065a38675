package dev.tributary.predictor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.model.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** 30 + 8 size / machines seconds, recorded with 6 % noise and estimated with 2 %. */
class PerformanceModelTest {
  private static final int ROWS = 60;

  private static double[][] rows() {
    double[][] rows = new double[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      rows[i] = new double[] {2 + 2 * (i % 6), 10 + 5 * (i / 6)};
    }
    return rows;
  }

  private static double truth(double[] row) {
    return 30 + 8 * row[1] / row[0];
  }

  private static double[] noisy(double deviation, Random random) {
    return Arrays.stream(rows())
        .mapToDouble(row -> truth(row) * Math.exp(deviation * random.nextGaussian()))
        .toArray();
  }

  private static Design design(double[] target, double[] recorded) {
    double[] alike = DoubleStream.generate(() -> 1).limit(ROWS).toArray();
    return new Design(List.of("machines", "size"), 0, rows(), target, alike, recorded);
  }

  @Test
  void intervalsCoverWhatIsRecordedAndNotTheEstimatesFitted() {
    Random random = new Random(5);
    double[] estimates = noisy(0.02, random);
    PerformanceModel model = PerformanceModel.fit(design(estimates, noisy(0.06, random)), 1);
    double covered = 0;
    int rounds = 20;
    for (int round = 0; round < rounds; round++) {
      double[] later = noisy(0.06, random);
      for (int i = 0; i < ROWS; i++) {
        Prediction said = model.predict(rows()[i], 0.8);
        covered += said.lower() <= later[i] && later[i] <= said.upper() ? 1 : 0;
      }
    }
    assertThat(covered / ROWS / rounds)
        .as("share of later runs within intervals of 80 %%")
        .isCloseTo(0.8, within(0.07));
  }

  @Test
  void refusesWhatWasRecordedForOtherRows() {
    double[] target = noisy(0.02, new Random(1));
    assertThatThrownBy(() -> design(target, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recorded");
  }

  @Test
  void intervalsOfOneQuestionAskedAgainCoverAndNarrowToItsNoise() {
    double noise = 0.1;
    double most = Double.POSITIVE_INFINITY;
    for (int count : new int[] {5, 20, 60}) {
      Random random = new Random(31);
      int jobs = 200;
      double covered = 0;
      double width = 0;
      for (int job = 0; job < jobs; job++) {
        double[][] rows = new double[count][];
        double[] target = new double[count];
        for (int i = 0; i < count; i++) {
          rows[i] = new double[] {4};
          target[i] = 300 * Math.exp(noise * random.nextGaussian());
        }
        Prediction said =
            PerformanceModel.fit(new Design(List.of("n"), 0, rows, target), 1)
                .predict(rows[0], 0.9);
        for (int later = 0; later < 20; later++) {
          double actual = 300 * Math.exp(noise * random.nextGaussian());
          covered += said.lower() <= actual && actual <= said.upper() ? 1 : 0;
        }
        width += Math.log(said.upper() / said.lower()) / jobs;
      }
      assertThat(covered / jobs / 20).as("coverage with %d runs", count).isGreaterThan(0.89);
      assertThat(width).as("width with %d runs", count).isLessThan(most);
      most = width;
    }
    assertThat(most).isLessThan(2 * 1.645 * noise * 1.3);
  }

  @Test
  void whatWasNeverSeenIsVaguerThanTheNoiseOfWhatWas() {
    Random random = new Random(5);
    double[][] rows = new double[60][];
    double[] target = new double[60];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {4};
      target[i] = 100 * Math.exp(0.01 * random.nextGaussian());
    }
    PerformanceModel model = PerformanceModel.fit(new Design(List.of("n"), 0, rows, target), 1);
    Prediction seen = model.predict(rows[0], 0.9);
    Prediction unseen = model.predict(new double[] {1}, 0.9);
    assertThat(unseen.known()).isFalse();
    assertThat(unseen.upper() / unseen.lower()).isGreaterThan(1.2);
    assertThat(seen.upper() / seen.lower()).isLessThan(1.1);
  }
}
