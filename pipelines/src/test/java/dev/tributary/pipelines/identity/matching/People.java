package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up persons with some records each, some of them misspelt or incomplete. */
final class People {
  static final List<String> COLUMNS = List.of("first_name", "surname", "dob", "city", "email");

  private static final String SYLLABLES =
      "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo";

  private final Random random;
  private final List<String[]> rows = new ArrayList<>();
  private final List<Integer> entities = new ArrayList<>();

  People(long seed, int persons) {
    random = new Random(seed);
    for (int person = 0; person < persons; person++) {
      String[] one = {
        word(2), word(3), day(), "city " + random.nextInt(40), word(4) + "@example.com"
      };
      int records = 1 + random.nextInt(4);
      for (int i = 0; i < records; i++) {
        rows.add(i == 0 ? one : changed(one));
        entities.add(person);
      }
    }
  }

  private String word(int syllables) {
    return word(random, syllables);
  }

  /** A word that is likely no other's. */
  static String word(Random random, int syllables) {
    String[] all = SYLLABLES.split(" ");
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(all[random.nextInt(all.length)]);
    }
    return word.toString();
  }

  private String day() {
    return "%d-%02d-%02d"
        .formatted(1930 + random.nextInt(80), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private String[] changed(String[] values) {
    String[] other = values.clone();
    int column = random.nextInt(other.length + 2);
    if (column < other.length) {
      String value = other[column];
      int at = random.nextInt(value.length() - 1);
      other[column] = random.nextBoolean() ? "" : value.substring(0, at) + value.substring(at + 1);
    }
    return other;
  }

  int size() {
    return rows.size();
  }

  /** The records in the order given, under ids that do not depend on it. */
  RecordSet inOrder(List<Integer> order) {
    RecordSet.Builder builder = new RecordSet.Builder(COLUMNS);
    order.forEach(i -> builder.add("people", "r" + i, rows.get(i)));
    return builder.build();
  }

  int entity(String id) {
    return entities.get(Integer.parseInt(id.substring(1)));
  }
}
