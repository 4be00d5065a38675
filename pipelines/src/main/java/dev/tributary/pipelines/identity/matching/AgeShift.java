package dev.tributary.pipelines.identity.matching;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ages in sources of different years: who is 12 in one census is 22 in the next. How many years lie
 * between two sources is told from the names that each has once: the difference in age that most of
 * them have, where enough have it.
 */
final class AgeShift {
  private static final int ENOUGH = 10;
  private static final double SHARE = 0.2;
  private static final int LONGEST = 60;

  private AgeShift() {}

  static boolean isAge(String column) {
    return Text.words(column.replace('_', ' ')).matches("(.*\\b)?(age|alter)(\\b.*)?");
  }

  /**
   * The ages as they would be in the year of the first source.
   *
   * @param names of each record, empty for none
   * @return the values themselves where sources are of one year
   */
  static String[] atFirst(RecordSet records, String[] ages, String[] names) {
    int sources = records.sources().size();
    List<Map<String, Integer>> unique = new ArrayList<>();
    for (int source = 0; source < sources; source++) {
      unique.add(new HashMap<>());
    }
    for (int record = 0; record < names.length; record++) {
      if (!names[record].isEmpty() && age(ages[record]) != null) {
        unique.get(records.source(record)).merge(names[record], record, (one, two) -> -1);
      }
    }
    String[] shifted = ages.clone();
    for (int source = 1; source < sources; source++) {
      int years = years(unique.get(0), unique.get(source), ages);
      for (int record = 0; years != 0 && record < ages.length; record++) {
        BigDecimal age = age(ages[record]);
        if (records.source(record) == source && age != null) {
          shifted[record] = age.subtract(BigDecimal.valueOf(years)).toPlainString();
        }
      }
    }
    return shifted;
  }

  private static int years(Map<String, Integer> first, Map<String, Integer> other, String[] ages) {
    Map<Integer, Integer> counts = new TreeMap<>();
    int all = 0;
    for (Map.Entry<String, Integer> one : first.entrySet()) {
      Integer two = other.get(one.getKey());
      if (two != null && two >= 0 && one.getValue() >= 0) {
        BigDecimal years = age(ages[two]).subtract(age(ages[one.getValue()]));
        counts.merge(years.intValue(), 1, Integer::sum);
        all++;
      }
    }
    int best = 0;
    for (Map.Entry<Integer, Integer> years : counts.entrySet()) {
      boolean more = years.getValue() > counts.getOrDefault(best, 0);
      best = more && Math.abs(years.getKey()) <= LONGEST ? years.getKey() : best;
    }
    int having = counts.getOrDefault(best, 0);
    return having >= ENOUGH && having > SHARE * all ? best : 0;
  }

  private static BigDecimal age(String value) {
    try {
      return value.isEmpty() ? null : new BigDecimal(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
