package dev.tributary.predictor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void theUpperEndHoldsWithTheProbabilityOfItsSide() {
    Prediction prediction = new Prediction(100, 80, 130, 0.9, true, "test", "made up");
    assertThat(prediction.probabilityWithin(130)).isCloseTo(0.95, within(1e-9));
    assertThat(prediction.probabilityWithin(100)).isCloseTo(0.5, within(1e-9));
    assertThat(prediction.probabilityWithin(160)).isBetween(0.95, 1.0);
    assertThat(prediction.probabilityWithin(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void withoutWidthItIsCertain() {
    Prediction prediction = new Prediction(100, 80, 100, 0.9, true, "test", "made up");
    assertThat(prediction.probabilityWithin(100)).isEqualTo(1);
    assertThat(prediction.probabilityWithin(99)).isZero();
  }

  @Test
  void latenessCountsMoreTheLikelierItIs() {
    assertThat(Lateness.counted(10, 1)).isEqualTo(10);
    assertThat(Lateness.counted(10, 0.99)).isCloseTo(10 * (1 + 2.5 * 0.01), within(0.01));
    assertThat(Lateness.counted(10, 0.5)).isGreaterThan(Lateness.counted(10, 0.6));
    assertThat(Lateness.counted(10, 0)).isFinite();
  }
}
