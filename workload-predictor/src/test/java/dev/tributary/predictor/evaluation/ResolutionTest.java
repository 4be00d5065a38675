package dev.tributary.predictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.model.Prediction;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResolutionTest {
  private static double[] multiples(double step, int count) {
    return IntStream.rangeClosed(1, count).mapToDouble(i -> step * (20 + i)).toArray();
  }

  @Test
  void theStepIsTheGreatestOfWhichAllAreMultiples() {
    assertThat(Resolution.of(multiples(2, 30)).step()).isEqualTo(2);
    assertThat(Resolution.of(multiples(0.25, 30)).step()).isEqualTo(0.25);
    double[] withOne = multiples(60, 30);
    withOne[7] += 1;
    assertThat(Resolution.of(withOne).step()).isEqualTo(1);
  }

  @Test
  void fewValuesAndContinuousOnesHaveNone() {
    assertThat(Resolution.of(multiples(2, 15)).step()).isZero();
    assertThat(Resolution.of(new Random(1).doubles(40, 1, 9).toArray()).step()).isZero();
  }

  @Property(tries = 200, seed = "51")
  void theIntervalStaysAndHoldsTheNearestMultiple(
      @ForAll @DoubleRange(min = 0.01, max = 5000) double expected,
      @ForAll @DoubleRange(min = 0, max = 0.5) double half,
      @ForAll @IntRange(max = 60) int step) {
    Prediction plain =
        new Prediction(
            expected, expected * (1 - half), expected * (1 + half), 0.9, true, "model", "reason");
    Prediction recorded = new Resolution(step).recorded(plain);
    assertThat(recorded.lower()).isLessThanOrEqualTo(plain.lower());
    assertThat(recorded.upper()).isGreaterThanOrEqualTo(plain.upper());
    assertThat(Math.abs(recorded.expected() - expected))
        .isLessThanOrEqualTo(Math.max(step / 2.0, step - expected));
    if (step == 0) {
      assertThat(recorded).isEqualTo(plain);
    } else {
      assertThat(recorded.expected() % step).isZero();
    }
  }
}
