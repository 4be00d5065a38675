package dev.tributary.predictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InTimeTest {
  private static final double NOISE = 0.04;

  /** Contexts of six configurations; their predictions claim to be off by so much. */
  private static List<InTime> of(double claimed) {
    Random random = new Random(11);
    List<List<PredictedRow>> contexts = new ArrayList<>();
    for (int context = 0; context < 400; context++) {
      List<PredictedRow> rows = new ArrayList<>();
      for (int machines = 2; machines <= 12; machines += 2) {
        double expected = 100 + 40.0 / machines;
        double actual = expected * Math.exp(NOISE * random.nextGaussian());
        double away = Math.exp(1.6448536 * claimed);
        Prediction said =
            new Prediction(expected, expected / away, expected * away, 0.9, true, "m", "r");
        rows.add(new PredictedRow(context, 30, machines, machines, actual, said, said));
      }
      contexts.add(rows);
    }
    return InTime.of(contexts);
  }

  @Test
  void whatIsPredictedComesTrueWhereTheIntervalsAreRight() {
    List<InTime> ranges = of(NOISE);

    assertThat(ranges.stream().mapToInt(InTime::pairs).sum()).isEqualTo(400 * 6 * 5);
    assertThat(ranges)
        .allSatisfy(
            range -> {
              assertThat(range.predicted()).isBetween(range.from(), range.to());
              assertThat(Math.abs(range.met() - range.predicted())).isLessThan(0.05);
            });
  }

  @Test
  void overconfidenceShows() {
    List<InTime> ranges = of(NOISE / 4);
    InTime surest = ranges.get(ranges.size() - 1);

    assertThat(surest.predicted()).isGreaterThan(0.99);
    assertThat(surest.met()).isLessThan(0.95);
  }
}
