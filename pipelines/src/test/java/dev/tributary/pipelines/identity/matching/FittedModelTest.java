package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A model that is stored scores as it did, and scores two records alike in any company. */
class FittedModelTest {
  private static final List<String> COLUMNS = List.of("name", "email", "street", "born");

  @Test
  void aModelReadBackSaysTheSameOfTwoRecordsAlone() {
    List<String[]> rows = rows(new Random(20_261_123));
    RecordSet all = set(rows);
    Map<String, AttributeKind> kinds = new LinkedHashMap<>();
    kinds.put("name", AttributeKind.FULL_NAME);
    kinds.put("email", AttributeKind.EMAIL);
    kinds.put("street", AttributeKind.ADDRESS);
    kinds.put("born", AttributeKind.DATE);
    LinkConfig config = LinkConfig.of(kinds, LinkConfig.OneToOne.FALSE);
    FittedModel fitted = FittedModel.fit(all, config, line -> {});
    FittedModel read = FittedModel.read(fitted.json());
    assertThat(read.json()).isEqualTo(fitted.json());

    FittedModel.Comparer among = read.comparer(all);
    for (int left = 0; left + 1 < rows.size(); left += 7) {
      int right = left + 1;
      RecordSet two = set(List.of(rows.get(left), rows.get(right)));
      FittedModel.Comparer alone = fitted.comparer(two);
      assertThat(alone.probability(0, 1)).isEqualTo(among.probability(left, right));
      assertThat(alone.keys(0)).isEqualTo(among.keys(left));
    }
    Linkage linkage = Linker.link(all, config, line -> {});
    assertThat(linkage.links()).hasSizeGreaterThan(50);
    for (Linkage.Link link : linkage.links()) {
      assertThat(among.probability(link.left(), link.right()))
          .isCloseTo(link.probability(), within(0.05));
    }
  }

  private static RecordSet set(List<String[]> rows) {
    RecordSet.Builder set = new RecordSet.Builder(COLUMNS);
    rows.forEach(row -> set.add("test", row[0], java.util.Arrays.copyOfRange(row, 1, row.length)));
    return set.build();
  }

  private static List<String[]> rows(Random random) {
    List<String[]> rows = new java.util.ArrayList<>();
    for (int person = 0; person < 150; person++) {
      String name = word(random) + " " + word(random) + word(random);
      String email = word(random) + word(random) + "@example.com";
      String street = (1 + random.nextInt(90)) + " " + word(random) + " street";
      String born =
          "19%02d-%02d-%02d"
              .formatted(random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28));
      rows.add(new String[] {"%04d".formatted(2 * person), name, email, street, born});
      boolean again = random.nextBoolean();
      rows.add(
          new String[] {
            "%04d".formatted(2 * person + 1),
            again ? name : word(random) + " " + word(random),
            again && random.nextBoolean() ? email : "",
            again ? street : (1 + random.nextInt(90)) + " " + word(random) + " street",
            again ? born : ""
          });
    }
    return rows;
  }

  private static String word(Random random) {
    String consonants = "bdfghklmnprstvz";
    String vowels = "aeiou";
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 2; i++) {
      word.append(consonants.charAt(random.nextInt(consonants.length())));
      word.append(vowels.charAt(random.nextInt(vowels.length())));
    }
    return word.toString();
  }
}
