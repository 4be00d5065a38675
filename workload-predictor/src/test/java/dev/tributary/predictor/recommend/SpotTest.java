package dev.tributary.predictor.recommend;

import static dev.tributary.predictor.recommend.Fixtures.MODELS;
import static dev.tributary.predictor.recommend.Fixtures.PRICES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.recommend.Recommendation.Cheapest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SpotTest {
  @Test
  void calmSpotIsTakenAndRiskySpotRefused() {
    Cheapest calm =
        (Cheapest)
            new Recommender(PRICES, MODELS)
                .recommend(
                    Fixtures.request(
                        Fixtures.runs(),
                        Constraints.NONE.with(
                            Optional.of(Duration.ofHours(1)), OptionalDouble.empty()),
                        Platform.SPARK_SUBMIT));
    assertThat(calm.cluster().offer().type()).isEqualTo("calm");
    assertThat(calm.cluster().purchase()).isEqualTo(Purchase.SPOT);
    assertThat(calm.chosen().costBound().completion()).isGreaterThanOrEqualTo(0.975);
    assertThat(calm.candidates())
        .filteredOn(
            of ->
                of.candidate().offer().type().equals("risky")
                    && of.candidate().purchase() == Purchase.SPOT
                    && of.runtime().upper() <= 3600
                    && of.runtime().upper() > 2700)
        .isNotEmpty()
        .allSatisfy(
            of -> assertThat(of.rejection().orElseThrow().reason()).isEqualTo(Reason.INTERRUPTION));
  }
}
