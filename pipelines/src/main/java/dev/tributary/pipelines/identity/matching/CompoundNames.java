package dev.tributary.pipelines.identity.matching;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of several words, such as Hans-Peter: who shares the first word often shares the second, so
 * the two are not two coincidences. A word of the same part of a name as the word before it weighs
 * by how often it follows that word.
 */
final class CompoundNames {
  /** What two records share may be one entity's: only a third makes a compound. */
  private static final int COMMON = 3;

  private CompoundNames() {}

  /**
   * For each record, by the place of each word, the logarithm of its frequency given the word
   * before it, or of its own where that is no part of the same name; null for records without
   * compounds.
   */
  static float[][] following(WordBags bags, byte[][] roles) {
    Map<Long, Integer> counts = new HashMap<>();
    for (int record = 0; record < roles.length; record++) {
      int[] bag = bags.bags[record];
      for (int i = 1; i < bag.length; i++) {
        if (together(roles[record], i)) {
          counts.merge(pair(bag, i), 1, Integer::sum);
        }
      }
    }
    counts.values().removeIf(count -> count < COMMON);
    float[][] following = new float[roles.length][];
    for (int record = 0; record < roles.length && !counts.isEmpty(); record++) {
      following[record] = following(bags, bags.bags[record], roles[record], counts);
    }
    return following;
  }

  private static float[] following(
      WordBags bags, int[] bag, byte[] roles, Map<Long, Integer> counts) {
    float[] following = null;
    for (int i = 1; i < bag.length; i++) {
      Integer count = together(roles, i) ? counts.get(pair(bag, i)) : null;
      if (count != null) {
        if (following == null) {
          following = new float[bag.length];
          for (int j = 0; j < bag.length; j++) {
            following[j] = bags.logFrequency[bag[j]];
          }
        }
        double given = Math.log((double) count / bags.records(bag[i - 1]));
        following[i] = (float) Math.max(following[i], given);
      }
    }
    return following;
  }

  private static boolean together(byte[] roles, int at) {
    return roles[at] == roles[at - 1];
  }

  private static long pair(int[] bag, int at) {
    return (long) bag[at - 1] << 32 | bag[at];
  }
}
