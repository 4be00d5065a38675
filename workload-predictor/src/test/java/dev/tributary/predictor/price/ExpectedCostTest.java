package dev.tributary.predictor.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExpectedCostTest {
  private static final double DRIVER = 0.2;

  @Test
  void theFormulaIsTheMeanOfSimulatedRuns() {
    Offer offer = offer(0.3, 0.1, 0.15);
    int workers = 6;
    double hours = 1.2;
    double deadline = 1.9;
    double rate = workers * offer.spot().orElseThrow().hazardPerHour();
    SplittableRandom random = new SplittableRandom(20260101);
    int trials = 400_000;
    double cost = 0;
    int inTime = 0;
    for (int i = 0; i < trials; i++) {
      double interruption = -Math.log1p(-random.nextDouble()) / rate;
      if (interruption >= hours) {
        cost += (workers * 0.1 + DRIVER) * hours;
        inTime++;
      } else {
        cost += (workers * 0.1 + DRIVER) * interruption + (workers * 0.3 + DRIVER) * hours;
        inTime += interruption + hours <= deadline ? 1 : 0;
      }
    }
    ExpectedCost expected = ExpectedCost.spot(offer, workers, 0, DRIVER, hours, deadline);
    assertThat(expected.usd()).isCloseTo(cost / trials, within(0.01));
    assertThat(expected.completion()).isCloseTo((double) inTime / trials, within(0.003));
  }

  @Test
  void withoutInterruptionsSpotCostsItsPriceAndTheDriversOnDemand() {
    ExpectedCost cost = ExpectedCost.spot(offer(0.3, 0.1, 0), 4, 0, DRIVER, 2, 2);
    assertThat(cost.usd()).isCloseTo((4 * 0.1 + DRIVER) * 2, within(1e-12));
    assertThat(cost.completion()).isEqualTo(1);
    assertThat(cost.interrupted()).isZero();
  }

  @Test
  void onDemandCostsWorkersAndDriverForTheTime() {
    ExpectedCost cost = ExpectedCost.onDemand(offer(0.3, 0.1, 0.5), 4, DRIVER, 0.5);
    assertThat(cost.usd()).isCloseTo((4 * 0.3 + DRIVER) * 0.5, within(1e-12));
    assertThat(cost.completion()).isEqualTo(1);
  }

  @Property(tries = 200, seed = "7")
  void theCostLiesBetweenOneAttemptAndAnAttemptWithARerunAndTwiceTheTimeIsAlwaysEnough(
      @ForAll @DoubleRange(min = 0, max = 0.5) double rate,
      @ForAll @DoubleRange(min = 0.01, max = 5) double hours,
      @ForAll @IntRange(min = 1, max = 50) int workers) {
    ExpectedCost cost =
        ExpectedCost.spot(offer(0.3, 0.1, rate), workers, 0, DRIVER, hours, 1.5 * hours);
    double undisturbed = (workers * 0.1 + DRIVER) * hours;
    double rerun = (workers * 0.3 + DRIVER) * hours;
    assertThat(cost.usd()).isBetween(undisturbed * (1 - 1e-9), undisturbed + rerun);
    assertThat(cost.completion()).isGreaterThanOrEqualTo(1 - cost.interrupted() - 1e-9);
    assertThat(
            ExpectedCost.spot(offer(0.3, 0.1, rate), workers, 0, DRIVER, hours, 2 * hours)
                .completion())
        .isCloseTo(1, within(1e-9));
    assertThat(
            ExpectedCost.spot(offer(0.3, 0.1, rate), workers, 0, DRIVER, hours, 0.9 * hours)
                .completion())
        .isZero();
  }

  private static Offer offer(double onDemand, double spot, double rate) {
    return new Offer(
        "m", Cloud.OTHER, 4, 16, onDemand, Optional.of(new Offer.Spot(spot, rate)), "test");
  }
}
