package dev.tributary.predictor.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DriftScoreTest {
  private static final int MANY = 4000;

  private static double[] normal(double correlation) {
    Random random = new Random(5);
    double[] values = new double[MANY];
    double last = 0;
    for (int i = 0; i < MANY; i++) {
      last = correlation * last + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
      values[i] = 0.2 * last;
    }
    return values;
  }

  @Test
  void ofNormalErrorsItIsInTheirDeviations() {
    DriftScore.Sides scores = DriftScore.Sides.ofError(0.4, normal(0));

    assertThat(scores.slower().deviations()).isCloseTo(2, Offset.offset(0.15));
    assertThat(scores.faster().deviations()).isCloseTo(-2, Offset.offset(0.15));
    assertThat(scores.slower().ofDrift()).isCloseTo(Math.log(1.5) / 0.2, Offset.offset(0.15));
  }

  @Test
  void ofSkewedErrorsEachSideHasItsOwn() {
    double[] skewed =
        IntStream.range(0, 100).mapToDouble(i -> i % 2 == 0 ? -0.1 : i / 50.0).toArray();

    DriftScore.Sides scores = DriftScore.Sides.ofError(0, skewed);

    assertThat(scores.faster().ofDrift()).isGreaterThan(2 * scores.slower().ofDrift());
  }

  @Test
  void runsThatResembleTheOnesBeforeTellLess() {
    double alone = DriftScore.Sides.ofError(0.4, normal(0)).slower().deviations();
    double correlated = DriftScore.Sides.ofError(0.4, normal(0.5)).slower().deviations();

    assertThat(correlated).isCloseTo(alone / Math.sqrt(3), Offset.offset(0.15));
  }

  @Test
  void fewRunsTellLess() {
    double[] few = {-0.2, 0.2, -0.1, 0.1, -0.3, 0.3, 0, 0.2, -0.2};
    double[] more = IntStream.range(0, 90).mapToDouble(i -> few[i % 9]).toArray();

    assertThat(DriftScore.of(1, few, 0.4).deviations())
        .isLessThan(DriftScore.of(1, more, 0.4).deviations());
  }
}
