package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Families under one roof, each person twice, some values misspelt or missing. */
class HouseholdTest {
  private static final List<String> COLUMNS =
      List.of("first_name", "last_name", "house_number", "street");

  private final Random random = new Random(11);
  private final RecordSet.Builder builder = new RecordSet.Builder(COLUMNS);
  private final List<Integer> persons = new ArrayList<>();

  private String word(int syllables) {
    return People.word(random, syllables);
  }

  private void add(int person, String[] values) {
    String[] row = values.clone();
    int column = random.nextInt(12);
    if (column < 2) {
      int at = random.nextInt(row[column].length() - 1);
      row[column] = row[column].substring(0, at) + row[column].substring(at + 1);
    } else if (column == 2) {
      row[column] = "";
    }
    builder.add("census", "%05d".formatted(persons.size()), row);
    persons.add(person);
  }

  private Linkage families(int families) {
    for (int family = 0; family < families; family++) {
      String surname = word(3);
      String number = "" + (1 + random.nextInt(200));
      String street = word(3) + " street";
      int size = 1 + random.nextInt(5);
      for (int person = 0; person < size; person++) {
        int number0 = persons.isEmpty() ? 0 : persons.get(persons.size() - 1) + 1;
        String[] values = {word(2) + word(1), surname, number, street};
        add(number0, values);
        add(number0, values);
      }
    }
    return Linker.link(builder.build(), LinkConfig.inferred(), message -> {});
  }

  @Test
  void personsOfOneHouseholdAreToldApart() {
    Linkage linkage = families(250);
    List<Integer> found = new ArrayList<>();
    for (int cluster : linkage.assignment()) {
      found.add(cluster);
    }
    assertThat(ClusterEvaluation.of(found, persons).pairwiseF1()).isGreaterThan(0.95);
    assertThat(linkage.model().relativeProbability())
        .isGreaterThan(linkage.model().matchProbability());
  }

  @Test
  void anExplanationSaysWhatTheHouseholdTakesOff() {
    assertThat(Explained.by("household", families(60))).isPositive();
  }

  @Test
  void recordsWithoutNamesOfPersonsHaveNoHouseholds() {
    RecordSet.Builder titles = new RecordSet.Builder(List.of("title", "venue"));
    for (int i = 0; i < 200; i++) {
      titles.add("x", "%04d".formatted(i), new String[] {word(3) + " " + word(4), "v" + i % 7});
    }
    Linkage linkage = Linker.link(titles.build(), LinkConfig.inferred(), message -> {});
    assertThat(linkage.model().relativeProbability()).isZero();
  }
}
