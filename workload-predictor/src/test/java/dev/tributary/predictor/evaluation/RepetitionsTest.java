package dev.tributary.predictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
  private static Repetitions of(List<double[]> values) {
    return new Repetitions(values, values.stream().mapToDouble(RepetitionsTest::middle).toArray());
  }

  private static double middle(double[] five) {
    double[] sorted = five.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Five of 100 s with 3 % noise, one in ten of them with three times as much. */
  private static List<double[]> noisy(int configurations) {
    Random random = new Random(4);
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < configurations; i++) {
      double[] five = new double[5];
      for (int k = 0; k < five.length; k++) {
        double noise = random.nextInt(10) == 0 ? 0.09 : 0.03;
        five[k] = 100 * Math.exp(noise * random.nextGaussian());
      }
      values.add(five);
    }
    return values;
  }

  private static double spread(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  @Test
  void locationsAreLessNoisyThanMediansAndAsHigh() {
    Repetitions repetitions = of(noisy(400));
    double[] locations = repetitions.locations();
    double[] medians = repetitions.medians();
    assertThat(spread(locations)).isLessThan(0.97 * spread(medians));
    assertThat(Arrays.stream(locations).average().orElseThrow())
        .isCloseTo(Arrays.stream(medians).average().orElseThrow(), within(0.2));
  }

  @Test
  void oneSlowRepetitionHardlyMovesItsLocation() {
    List<double[]> values = new ArrayList<>(noisy(40));
    values.add(new double[] {100, 101, 99, 100, 100});
    double before = of(values).locations()[40];
    values.set(40, new double[] {100, 101, 99, 100, 160});
    assertThat(of(values).locations()[40]).isCloseTo(before, within(0.03 * before));
  }

  @Test
  void whatWasMeasuredOnceOrAlwaysTheSameStaysAsItIs() {
    assertThat(of(List.of(new double[] {40}, new double[] {90})).locations())
        .containsExactly(new double[] {40, 90}, within(1e-9));
    assertThat(of(List.of(new double[] {40, 40, 40}, new double[] {90, 90, 90})).locations())
        .containsExactly(new double[] {40, 90}, within(1e-9));
  }

  @Test
  void configurationsOfFarApartRepetitionsAreNoisier() {
    double[] noise =
        of(List.of(new double[] {100, 100, 101}, new double[] {80, 100, 130}, new double[] {100}))
            .noise();
    assertThat(noise[1]).isGreaterThan(noise[0]);
    assertThat(noise[2]).isGreaterThan(noise[0]);
    assertThat(Arrays.stream(noise).average().orElseThrow()).isCloseTo(1, within(1e-9));
  }
}
