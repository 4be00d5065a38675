package dev.tributary.predictor.selection;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class NormalTest {
  @Test
  void theDistributionFunctionAgreesWithItsTable() {
    assertThat(Normal.cdf(0)).isEqualTo(0.5);
    assertThat(Normal.cdf(1.959963984540054)).isCloseTo(0.975, Offset.offset(1e-14));
    assertThat(Normal.cdf(-3.090232306167813)).isCloseTo(0.001, Offset.offset(1e-15));
    assertThat(Normal.cdf(-8)).isCloseTo(6.220960574271785e-16, Percentage.withPercentage(1e-6));
    assertThat(Normal.cdf(Math.nextUp(3.0))).isCloseTo(Normal.cdf(3.0), Offset.offset(1e-13));
  }
}
