package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Tells from its values whether a column holds names of persons, whatever it is called. */
final class PersonNames {
  private static final Pattern LETTERS = Pattern.compile("[\\p{L}\\p{M}'’`., -]+");
  private static final Pattern SEVERAL = Pattern.compile(".*(;|&| and |,.*,).*");
  private static final double MOST = 0.8;
  private static final double SOME = 0.2;
  private static final double MANY = 0.3;
  private static final double LONGEST = 4.5;
  private static final double ONE_WORD = 1.4;

  private PersonNames() {}

  /**
   * The kind of name, null when the values are no names of persons.
   *
   * @param column the words of its name
   * @param values some that are not empty
   * @param words how many a value has on average
   */
  static AttributeKind kind(String column, List<String> values, double words) {
    if (words > LONGEST
        || KindInference.share(values, LETTERS) < MOST
        || KindInference.share(values, SEVERAL) > SOME) {
      return null;
    }
    double known = known(values);
    if (words > ONE_WORD) {
      return known > SOME ? AttributeKind.FULL_NAME : null;
    }
    if (known > MANY) {
      return AttributeKind.GIVEN_NAME;
    }
    return column.matches(".*name( ?\\d)?") ? AttributeKind.FAMILY_NAME : null;
  }

  /** The share of values with a word that is a given name. */
  private static double known(List<String> values) {
    long known =
        values.stream()
            .filter(value -> Arrays.stream(Text.words(value).split(" ")).anyMatch(Nicknames::known))
            .count();
    return (double) known / values.size();
  }
}
