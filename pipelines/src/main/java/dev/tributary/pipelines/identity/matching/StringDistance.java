package dev.tributary.pipelines.identity.matching;

/** How alike two strings are. */
public final class StringDistance {
  private static final String SOUNDEX = "01230120022455012623010202";
  private static final int PREFIX = 4;
  private static final double PREFIX_SCALE = 0.1;

  private StringDistance() {}

  /**
   * Jaro–Winkler similarity, 0 to 1 (Winkler 1990, String comparator metrics and enhanced decision
   * rules in the Fellegi–Sunter model of record linkage).
   */
  static double jaroWinkler(String left, String right) {
    double jaro = jaro(left, right);
    int prefix = 0;
    int longest = Math.min(PREFIX, Math.min(left.length(), right.length()));
    while (prefix < longest && left.charAt(prefix) == right.charAt(prefix)) {
      prefix++;
    }
    return jaro + prefix * PREFIX_SCALE * (1 - jaro);
  }

  private static double jaro(String left, String right) {
    int window = Math.max(0, Math.max(left.length(), right.length()) / 2 - 1);
    boolean[] usedLeft = new boolean[left.length()];
    boolean[] usedRight = new boolean[right.length()];
    int matches = 0;
    for (int i = 0; i < left.length(); i++) {
      int until = Math.min(right.length(), i + window + 1);
      for (int j = Math.max(0, i - window); j < until; j++) {
        if (!usedRight[j] && left.charAt(i) == right.charAt(j)) {
          usedLeft[i] = true;
          usedRight[j] = true;
          matches++;
          break;
        }
      }
    }
    if (matches == 0) {
      return 0;
    }
    double transpositions = outOfOrder(left, right, usedLeft, usedRight) / 2.0;
    return (matches / (double) left.length()
            + matches / (double) right.length()
            + (matches - transpositions) / matches)
        / 3;
  }

  private static int outOfOrder(
      String left, String right, boolean[] usedLeft, boolean[] usedRight) {
    int different = 0;
    int j = 0;
    for (int i = 0; i < usedLeft.length; i++) {
      if (usedLeft[i]) {
        while (!usedRight[j]) {
          j++;
        }
        if (left.charAt(i) != right.charAt(j)) {
          different++;
        }
        j++;
      }
    }
    return different;
  }

  /**
   * Edits (insertion, deletion, substitution, transposition of neighbours: optimal string
   * alignment) between two strings, or {@code bound + 1} when there are more.
   */
  static int edits(String left, String right, int bound) {
    int n = left.length();
    int m = right.length();
    if (Math.abs(n - m) > bound) {
      return bound + 1;
    }
    int[] beforeLast = new int[m + 1];
    int[] last = new int[m + 1];
    int[] row = new int[m + 1];
    for (int j = 0; j <= m; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= n; i++) {
      row[0] = i;
      int best = i;
      for (int j = 1; j <= m; j++) {
        int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int edits = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + cost);
        if (cost == 1 && i > 1 && j > 1 && swapped(left, right, i, j)) {
          edits = Math.min(edits, beforeLast[j - 2] + 1);
        }
        row[j] = edits;
        best = Math.min(best, edits);
      }
      if (best > bound) {
        return bound + 1;
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return Math.min(last[m], bound + 1);
  }

  private static boolean swapped(String left, String right, int i, int j) {
    return left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1);
  }

  /** American Soundex of the letters a to z; empty when there are none. */
  public static String soundex(String word) {
    StringBuilder code = new StringBuilder(PREFIX);
    char last = 0;
    for (int i = 0; i < word.length() && code.length() < PREFIX; i++) {
      char c = word.charAt(i);
      if (c < 'a' || c > 'z') {
        continue;
      }
      char digit = SOUNDEX.charAt(c - 'a');
      if (code.isEmpty()) {
        code.append(c);
        last = digit;
      } else {
        if (digit != '0' && digit != last) {
          code.append(digit);
        }
        if (c != 'h' && c != 'w') {
          last = digit;
        }
      }
    }
    return code.toString();
  }
}
