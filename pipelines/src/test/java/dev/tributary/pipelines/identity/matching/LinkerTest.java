package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.schemas.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinkerTest {
  private static Linkage link(RecordSet records) {
    return Linker.link(records, LinkConfig.inferred(), message -> {});
  }

  private static Map<String, String> clusters(Linkage linkage) {
    Map<String, String> clusters = new HashMap<>();
    for (int[] members : linkage.clusters()) {
      for (int member : members) {
        clusters.put(linkage.records().id(member), linkage.records().id(members[0]));
      }
    }
    return clusters;
  }

  private static ClusterEvaluation evaluation(Linkage linkage, People people) {
    List<String> found = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    clusters(linkage)
        .forEach(
            (id, cluster) -> {
              found.add(cluster);
              truth.add(people.entity(id));
            });
    return ClusterEvaluation.of(found, truth);
  }

  @Test
  void findsThePersonsOfMisspeltAndIncompleteRecords() {
    People people = new People(1, 800);
    List<Integer> order = IntStream.range(0, people.size()).boxed().toList();
    Linkage linkage = link(people.inOrder(order));
    assertThat(evaluation(linkage, people).pairwiseF1()).isGreaterThan(0.98);
    assertThat(java.util.Arrays.stream(linkage.confidence()).boxed())
        .allMatch(confidence -> confidence >= 0 && confidence <= 1);
  }

  @Test
  void theResultDoesNotDependOnTheOrderOfTheRecords() {
    People people = new People(2, 400);
    List<Integer> order = new ArrayList<>(IntStream.range(0, people.size()).boxed().toList());
    Linkage first = link(people.inOrder(order));
    Collections.shuffle(order, new Random(3));
    Linkage second = link(people.inOrder(order));
    assertThat(clusters(second)).isEqualTo(clusters(first));
    assertThat(second.confidence()).isEqualTo(first.confidence());
  }

  @Test
  void anExplanationAddsUpToTheLinksWeight() {
    People people = new People(4, 300);
    Linkage linkage = link(people.inOrder(IntStream.range(0, people.size()).boxed().toList()));
    for (Linkage.Link link : linkage.links().subList(0, 50)) {
      double bits =
          Linker.explain(linkage, LinkConfig.inferred(), link.left(), link.right()).stream()
              .mapToDouble(ComparisonOutcome::bits)
              .sum();
      double prior = linkage.model().priorWeight();
      assertThat(bits * Math.log(2) + prior)
          .isCloseTo(link.weight(), org.assertj.core.data.Offset.offset(1e-3));
    }
  }

  @Test
  void whoAsksForSurerLinksGetsFewerAndNoWrongerOnes() {
    People people = new People(6, 600);
    RecordSet records = people.inOrder(IntStream.range(0, people.size()).boxed().toList());
    ClusterEvaluation before = null;
    for (String confidence : List.of("0.5", "0.9", "0.99")) {
      Linkage linkage =
          Linker.link(
              records,
              config("ignore: [dob, email]\nmin-confidence: " + confidence),
              message -> {});
      ClusterEvaluation now = evaluation(linkage, people);
      if (before != null) {
        assertThat(now.clusters()).isGreaterThan(before.clusters());
        assertThat(now.pairwisePrecision()).isGreaterThanOrEqualTo(before.pairwisePrecision());
      }
      before = now;
    }
    for (String bad : List.of("1", "0.01", "-1", "NaN", "high", "95%")) {
      assertThatThrownBy(() -> config("min-confidence: " + bad))
          .isInstanceOf(MatchingException.class)
          .hasMessageContaining("0.05 to below 1");
    }
  }

  private static LinkConfig config(String yaml) {
    return LinkConfig.of(YamlNode.parse("config.yaml", yaml));
  }

  @Test
  void cleanSourcesGiveAnEntityOneRecordEach() {
    RecordSet.Builder builder = new RecordSet.Builder(People.COLUMNS);
    People people = new People(5, 500);
    RecordSet all = people.inOrder(IntStream.range(0, people.size()).boxed().toList());
    Map<Integer, Integer> seen = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      int nth = seen.merge(people.entity(all.id(i)), 1, Integer::sum);
      if (nth <= 2) {
        int record = i;
        String[] values =
            People.COLUMNS.stream().map(c -> all.value(record, c)).toArray(String[]::new);
        builder.add(nth == 1 ? "left" : "right", all.id(i), values);
      }
    }
    Linkage linkage = link(builder.build());
    assertThat(linkage.oneToOne()).isTrue();
    assertThat(linkage.clusters()).allMatch(members -> members.length <= 2);
  }

  @Test
  void namesInOneColumnOfAnyNameAreFoundWordByWord() {
    String[] given = {"Mary", "John", "Anna", "Peter", "Susan", "Robert", "Alice", "David"};
    RecordSet.Builder builder = new RecordSet.Builder(List.of("value"));
    Random random = new Random(9);
    List<Integer> persons = new ArrayList<>();
    for (int person = 0; person < 400; person++) {
      String family = "B" + Long.toString(10_000_000_000L + random.nextInt(1 << 30), 26);
      family = family.replaceAll("[0-9]", "o");
      String first = given[random.nextInt(given.length)];
      String initial = "" + (char) ('A' + random.nextInt(26));
      String[] spelt = {first + " " + initial + ". " + family, family.toUpperCase() + ", " + first};
      for (int i = 0; i <= person % 2; i++) {
        builder.add("x", "%04d".formatted(persons.size()), new String[] {spelt[i]});
        persons.add(person);
      }
    }
    Linkage linkage = link(builder.build());
    assertThat(linkage.kinds()).containsEntry("value", AttributeKind.FULL_NAME);
    List<Integer> found = new ArrayList<>();
    for (int cluster : linkage.assignment()) {
      found.add(cluster);
    }
    assertThat(ClusterEvaluation.of(found, persons).pairwiseF1()).isGreaterThan(0.95);
  }

  @Test
  void emptyAndConstantColumnsAreNamedAndLeftOut() {
    RecordSet.Builder builder = new RecordSet.Builder(List.of("name", "nothing", "always", "key"));
    for (int i = 0; i < 20; i++) {
      builder.add("x", "" + i, new String[] {"ada lovelace " + i / 2, "", "same", "k-" + i});
    }
    Linkage linkage = link(builder.build());
    assertThat(linkage.leftOut())
        .contains("nothing is empty", "always is the same everywhere")
        .contains("key has a different value in every record");
  }

  @Test
  void whereNothingIsLeftToCompareTheErrorSaysWhyAndWhatToDo() {
    RecordSet.Builder builder = new RecordSet.Builder(List.of("nothing", "always"));
    for (int i = 0; i < 5; i++) {
      builder.add("x", "" + i, new String[] {"", "same"});
    }
    assertThatThrownBy(() -> link(builder.build()))
        .isInstanceOf(MatchingException.class)
        .hasMessageContaining("always is the same everywhere")
        .hasMessageContaining("Fix: give a column in which records differ");
  }

  @Test
  void oneRecordIsTooFew() {
    RecordSet records =
        new RecordSet.Builder(List.of("name")).add("x", "1", new String[] {"ada"}).build();
    assertThatThrownBy(() -> link(records)).hasMessageContaining("give two records or more");
  }

  @Test
  @Timeout(300)
  void aSharedAddressOfTensOfThousandsJoinsNobody() {
    RecordSet.Builder builder = new RecordSet.Builder(List.of("first_name", "surname", "email"));
    Random random = new Random(6);
    for (int i = 0; i < 40_000; i++) {
      String first = "f" + Long.toString(random.nextInt(5_000), 26);
      String last = "l" + Long.toString(random.nextInt(100_000), 26);
      builder.add("x", "" + i, new String[] {first, last, "test@test.com"});
    }
    Linkage linkage = link(builder.build());
    assertThat(linkage.clusters()).allMatch(members -> members.length < 20);
  }

  @Test
  @Timeout(300)
  void recordsThatAreAllEqualEndInAStatedResult() {
    RecordSet.Builder builder = new RecordSet.Builder(List.of("name", "city", "remark"));
    for (int i = 0; i < 3_000; i++) {
      builder.add("x", "" + i, new String[] {"ada lovelace", "london", i == 7 ? "one" : "other"});
    }
    Linkage linkage = link(builder.build());
    assertThat(linkage.clusters().stream().mapToInt(members -> members.length).sum())
        .isEqualTo(3_000);
  }

  @Test
  void copiesBeyondTheSizeOfABlockAreFound() {
    RecordSet.Builder builder = new RecordSet.Builder(People.COLUMNS);
    People people = new People(8, 4_000);
    RecordSet all = people.inOrder(IntStream.range(0, people.size()).boxed().toList());
    for (int i = 0; i < all.size(); i++) {
      int record = i;
      String[] values =
          People.COLUMNS.stream().map(c -> all.value(record, c)).toArray(String[]::new);
      builder.add("x", all.id(i), values);
    }
    String[] often = {"ada", "lovelace", "1815-12-10", "city 3", "ada@example.com"};
    for (int i = 0; i < 150; i++) {
      builder.add("x", "copy" + i, often);
    }
    Linkage linkage = link(builder.build());
    assertThat(linkage.clusters()).anyMatch(members -> members.length == 150);
  }
}
