package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The customers of a shop twice, ten years apart: some live somewhere else, all err a little. */
class MovingTest {
  private static final List<String> COLUMNS =
      List.of("first_name", "surname", "birth_year", "street", "city", "postcode", "birth_city");

  private static final int PERSONS = 600;
  private static final int CITIES = 30;

  private final Random random = new Random(17);
  private final List<Integer> persons = new ArrayList<>();

  private String[] place() {
    int city = random.nextInt(CITIES);
    return new String[] {
      (1 + random.nextInt(90)) + " " + People.word(random, 3) + " road",
      "town" + city,
      "%02d%03d".formatted(city, random.nextInt(40))
    };
  }

  private void add(RecordSet.Builder builder, String source, String[] person, String[] place) {
    String[] row = {person[0], person[1], person[2], place[0], place[1], place[2], person[3]};
    int column = random.nextInt(14);
    if (column < row.length) {
      int at = random.nextInt(row[column].length() - 1);
      row[column] = row[column].substring(0, at) + row[column].substring(at + 1);
    }
    builder.add(source, "%06d".formatted(persons.size()), row);
  }

  private Linkage shops(double moving) {
    RecordSet.Builder builder = new RecordSet.Builder(COLUMNS);
    for (int person = 0; person < PERSONS; person++) {
      String[] who = {
        People.word(random, 2),
        People.word(random, 2),
        "" + (1930 + random.nextInt(70)),
        "town" + random.nextInt(CITIES)
      };
      String[] place = place();
      boolean moves = random.nextDouble() < moving;
      for (String source : List.of("then", "now")) {
        add(builder, source, who, source.equals("now") && moves ? place() : place);
        persons.add(person);
      }
    }
    return Linker.link(builder.build(), LinkConfig.inferred(), message -> {});
  }

  @ParameterizedTest
  @CsvSource({"0, 0.995", "0.4, 0.97"})
  void whoHasMovedIsFoundAgainAndHowManyIsLearned(double moving, double f1) {
    Linkage linkage = shops(moving);
    List<Integer> truth = truth(linkage.records());
    List<Integer> found = new ArrayList<>();
    for (int cluster : linkage.assignment()) {
      found.add(cluster);
    }
    assertThat(linkage.model().moving().places()).containsExactly("street", "city", "postcode");
    assertThat(linkage.model().moving().probability()).isCloseTo(moving, within(0.1));
    assertThat(ClusterEvaluation.of(found, truth).pairwiseF1()).isGreaterThan(f1);
  }

  /** Records stand in the order of source and id. */
  private List<Integer> truth(RecordSet records) {
    List<Integer> truth = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      truth.add(persons.get(Integer.parseInt(records.id(i))));
    }
    return truth;
  }

  @Test
  void anExplanationSaysWhatMovingAddsAndAddsUp() {
    assertThat(Explained.by("moving", shops(0.4))).isGreaterThan(PERSONS / 3);
  }

  @Test
  void matchesThatAreKnownToHaveMovedSayNothingOfErrorsInPlaces() {
    RecordSet records = shops(0.4).records();
    List<Integer> truth = truth(records);
    List<Labels.Pair> moved = new ArrayList<>();
    for (int left = 0; left < records.size(); left++) {
      int right = truth.subList(left + 1, truth.size()).indexOf(truth.get(left)) + left + 1;
      if (right > left && !records.value(left, "city").equals(records.value(right, "city"))) {
        moved.add(new Labels.Pair(left, right, true));
      }
    }
    assertThat(moved).hasSizeGreaterThan(PERSONS / 4);
    LinkConfig config = LinkConfig.inferred();
    MatchModel without = Linker.link(records, config, message -> {}).model();
    MatchModel with = Linker.link(records, config, new Labels(moved), message -> {}).model();
    for (int a = 0; a < with.attributes().size(); a++) {
      MatchModel.Parameters known = with.attributes().get(a);
      if (with.moving().places().contains(known.attribute())) {
        assertThat(known.m().get(0))
            .as(known.attribute())
            .isLessThan(without.attributes().get(a).m().get(0) + 0.05);
      }
    }
  }

  @Test
  void aFittedModelKeepsItAndOneOfOtherComparisonsIsRefused() {
    RecordSet records = shops(0.4).records();
    FittedModel model = FittedModel.fit(records, LinkConfig.inferred(), message -> {});
    String json = model.json();
    assertThat(FittedModel.read(json).json()).isEqualTo(json);
    assertThat(json).contains("\"moving\":{\"probability\":0.");
    String other = json.replaceFirst("\"comparisons\":\\d+", "\"comparisons\":1");
    assertThat(FittedModel.current(json)).isTrue();
    assertThat(FittedModel.current(other)).isFalse();
    assertThat(FittedModel.current(json.replaceFirst("\"comparisons\":\\d+,", ""))).isFalse();
    assertThatThrownBy(() -> FittedModel.read(other)).hasMessageContaining("to be learned anew");
  }

  @Test
  void whereSomebodyWasBornOrHasHisPassFromDoesNotMove() {
    assertThat(List.of("city", "ADDR_STATE", "res_city_desc", "homeTown", "parish"))
        .allMatch(KindInference::place);
    assertThat(
            List.of(
                "birth_place",
                "city of birth",
                "passport_country",
                "licenseState",
                "venue",
                "birthplace_city",
                "order_state",
                "sales_region"))
        .noneMatch(KindInference::place);
  }
}
