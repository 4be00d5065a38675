package dev.tributary.pipelines.identity.privacy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Invented people; every third is there twice, the second time with an error. */
final class People {
  private static final String[] SYLLABLES = {
    "ba", "do", "ke", "li", "mo", "na", "per", "ran", "sol", "ti", "vu", "wes", "yar", "zen"
  };
  private static final List<String> COLUMNS = List.of("id", "given", "surname", "born", "town");

  private People() {}

  static CsvTable table(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String[]> people = new ArrayList<>();
    while (people.size() < rows) {
      String[] person = {
        "r" + people.size(),
        word(random, 2),
        word(random, 3),
        "19%02d-%02d-%02d"
            .formatted(random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28)),
        word(random, 2)
      };
      people.add(person);
      if (people.size() % 3 == 0 && people.size() < rows) {
        String[] again = person.clone();
        again[0] = "r" + people.size();
        int field = 1 + random.nextInt(2);
        again[field] = again[field].substring(0, again[field].length() - 1) + "x";
        people.add(again);
      }
    }
    return new CsvTable(Path.of("people.csv"), COLUMNS, people);
  }

  static CsvTable allEqual(int rows) {
    List<String[]> people = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      people.add(new String[] {"r" + i, "test", "test", "1970-01-01", "test"});
    }
    return new CsvTable(Path.of("equal.csv"), COLUMNS, people);
  }

  private static String word(SplittableRandom random, int syllables) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return word.toString();
  }
}
