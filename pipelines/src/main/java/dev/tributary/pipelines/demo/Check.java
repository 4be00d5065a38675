package dev.tributary.pipelines.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One figure of the lake held against the truth.
 *
 * @param what is held against it
 * @param expected the truth, as shown
 * @param found what the lake says, as shown
 */
record Check(String what, String expected, String found, boolean holds) {

  static Check count(String what, long expected, long found) {
    return new Check(what, number(expected), number(found), expected == found);
  }

  /** A figure for each key: all must be equal, and no key may be missing or too many. */
  static Check each(
      String what, Map<String, ? extends Number> expected, Map<String, ? extends Number> found) {
    Map<String, BigDecimal> truth = decimals(expected);
    Map<String, BigDecimal> lake = decimals(found);
    TreeSet<String> keys = new TreeSet<>(truth.keySet());
    keys.addAll(lake.keySet());
    for (String key : keys) {
      BigDecimal left = truth.get(key);
      BigDecimal right = lake.get(key);
      if (left == null || right == null || left.compareTo(right) != 0) {
        return new Check(what, key + " " + left, key + " " + right, false);
      }
    }
    String shown = truth.size() + " figures, sum " + number(sum(truth));
    return new Check(what, shown, shown, true);
  }

  /** The line for a person. */
  String line() {
    return holds
        ? "  ✔ %-58s %s".formatted(what, found)
        : "  ✘ %-58s %s, but %s was sent".formatted(what, found, expected);
  }

  private static Map<String, BigDecimal> decimals(Map<String, ? extends Number> figures) {
    Map<String, BigDecimal> decimals = new TreeMap<>();
    figures.forEach((key, figure) -> decimals.put(key, new BigDecimal(figure.toString())));
    return decimals;
  }

  private static BigDecimal sum(Map<String, BigDecimal> figures) {
    return figures.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String number(BigDecimal number) {
    boolean whole = number.stripTrailingZeros().scale() <= 0;
    BigDecimal shown = whole ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
    return String.format(Locale.ROOT, "%,." + Math.max(0, shown.scale()) + "f", shown);
  }
}
