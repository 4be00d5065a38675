package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Categories that belong to a record and those that belong to who it is of. */
class IncidentalTest {
  private static final double[] BELIEF = {4, 2, 4, 30};
  private static final double[] STRANGERS = {0.85, 0.02, 0.03, 0.1};

  @Test
  void whatMatchesShowDecidesAndWithoutAnyThereIsDoubt() {
    assertThat(Incidental.probability(new double[4], BELIEF, STRANGERS)).isEqualTo(0.1);
    double[] asStrangers = {17, 0, 1, 2};
    assertThat(Incidental.probability(asStrangers, BELIEF, STRANGERS)).isGreaterThan(0.99);
    double[] asMatches = {2, 1, 2, 15};
    assertThat(Incidental.probability(asMatches, BELIEF, STRANGERS)).isLessThan(0.001);
    double[] manyThatTellALittle = {6_000, 200, 300, 3_500};
    assertThat(Incidental.probability(manyThatTellALittle, BELIEF, STRANGERS)).isLessThan(0.001);
  }

  @Test
  void theListThatANameStandsOnIsNoEvidenceButThePersonsTradeIs() {
    Random random = new Random(5);
    RecordSet.Builder builder =
        new RecordSet.Builder(List.of("first_name", "surname", "trade", "list"));
    for (int person = 0; person < 120; person++) {
      String first = People.word(random, 2);
      String surname = People.word(random, 2);
      String trade = "trade " + random.nextInt(20);
      for (int record = 0; record < 2; record++) {
        String[] values = {first, surname, trade, "list" + random.nextInt(9)};
        builder.add("all", "%04d".formatted(2 * person + record), values);
      }
    }
    Linkage linkage = Linker.link(builder.build(), LinkConfig.inferred(), message -> {});
    List<Double> incidental = new ArrayList<>();
    for (MatchModel.Parameters one : linkage.model().attributes()) {
      incidental.add(one.incidental());
    }
    assertThat(linkage.model().attributes())
        .extracting(MatchModel.Parameters::attribute)
        .containsExactly("trade", "list", "first_name+surname");
    assertThat(incidental.get(0)).isLessThan(0.01);
    assertThat(incidental.get(1)).isGreaterThan(0.99);
    assertThat(incidental.get(2)).isZero();
  }
}
