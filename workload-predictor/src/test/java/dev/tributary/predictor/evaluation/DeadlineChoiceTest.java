package dev.tributary.predictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.model.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineChoiceTest {
  private static PredictedRow row(double machines, double seconds, double upper) {
    Prediction said = new Prediction(seconds, seconds, upper, 0.6, true, "m", "r");
    return new PredictedRow(1, 30, 1, machines, seconds, said, said);
  }

  @Test
  void costIsRankedAtTheUpperBoundAsInARecommendation() {
    List<PredictedRow> context = List.of(row(4, 100, 140), row(5, 82, 86), row(1, 1000, 1001));

    DeadlineChoice choice = DeadlineChoice.onBounds(List.of(context));

    assertThat(choice.met()).isEqualTo(1);
    assertThat(choice.costOverOracle()).isCloseTo((2 * 410.0 / 400 + 1) / 3, within(1e-9));
    assertThat(choice.predicted()).isBetween(0.9, 1.0);
  }
}
