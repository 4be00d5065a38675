package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Categories that belong to a record and those that belong to who it is of. */
class IncidentalTest {
  private static final List<String> LISTS =
      List.of("amber", "birch", "cobalt", "dune", "ember", "fjord", "grove", "heath", "inlet");

  private static final double[] TELLING = {0.1, 0.05, 0.1, 0.75};
  private static final double[] STRANGERS = {0.85, 0.02, 0.03, 0.1};

  @Test
  void whatMatchesShowDecidesAndWithoutAnyThereIsDoubt() {
    assertThat(Incidental.probability(new double[4], TELLING, STRANGERS))
        .isCloseTo(0.1, within(1e-12));
    double[] asStrangers = {17, 0, 1, 2};
    assertThat(Incidental.probability(asStrangers, TELLING, STRANGERS)).isGreaterThan(0.99);
    double[] asMatches = {2, 1, 2, 15};
    assertThat(Incidental.probability(asMatches, TELLING, STRANGERS)).isLessThan(0.001);
    double[] many = {1e6, 1e5, 1e5, 8e6};
    assertThat(Incidental.probability(many, TELLING, STRANGERS)).isZero();
  }

  /** However many there are: what a category tells does not turn with their number. */
  @ParameterizedTest
  @ValueSource(ints = {200, 3_000})
  void aListThatNobodyStandsOnTwiceIsNoEvidence(int persons) {
    Random random = new Random(7);
    RecordSet.Builder builder = new RecordSet.Builder(List.of("first_name", "surname", "list"));
    for (int person = 0; person < persons; person++) {
      String first = People.word(random, 3);
      String surname = People.word(random, 3);
      int list = random.nextInt(9);
      for (int record = 0; record < 2; record++) {
        String[] values = {first, surname, LISTS.get((list + record) % 9)};
        builder.add("all", "%05d".formatted(2 * person + record), values);
      }
    }
    Linkage linkage = Linker.link(builder.build(), LinkConfig.inferred(), message -> {});
    assertThat(linkage.model().attributes().get(0).attribute()).isEqualTo("list");
    assertThat(linkage.model().attributes().get(0).incidental()).isGreaterThan(0.99);
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
