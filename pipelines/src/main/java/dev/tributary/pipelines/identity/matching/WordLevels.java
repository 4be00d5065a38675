package dev.tributary.pipelines.identity.matching;

import java.util.List;

/** How two different words compare. */
final class WordLevels {
  static final int NONE = 0;
  static final int INITIAL = 1;
  static final int FAR = 2;
  static final int LIKE = 3;
  static final int MISSPELT = 4;
  static final int NICKNAME = 5;
  static final int EQUAL = 6;
  static final List<String> LABELS =
      List.of(
          "no counterpart",
          "same initial",
          "somewhat alike",
          "alike",
          "misspelt",
          "nickname",
          "equal");

  private static final int SHORT_NUMBER = 5;

  /** Letters of words that two typing errors leave recognisable. */
  private static final int LONG = 6;

  /** Similarities from which on words are somewhat alike, and those if they sound the same. */
  private static final double FAR_FROM = 0.75;

  private static final double SOUNDS_FROM = 0.6;

  private final boolean names;

  /**
   * @param names whether the words are names: then single letters are initials, and nicknames count
   */
  WordLevels(boolean names) {
    this.names = names;
  }

  int level(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    if (names && shorter == 1) {
      return left.charAt(0) == right.charAt(0) ? INITIAL : NONE;
    }
    if (isShortNumber(left) || isShortNumber(right)) {
      return NONE;
    }
    if (names && Nicknames.related(left, right)) {
      return NICKNAME;
    }
    double similarity = StringDistance.jaroWinkler(left, right);
    if (similarity >= 0.93 || shorter >= 3 && StringDistance.edits(left, right, 1) <= 1) {
      return MISSPELT;
    }
    boolean begins = shorter >= 3 && (left.startsWith(right) || right.startsWith(left));
    boolean near = shorter >= LONG && StringDistance.edits(left, right, 2) <= 2;
    if (similarity >= 0.87 || begins || near) {
      return LIKE;
    }
    return similarity >= FAR_FROM || names && sounds(left, right, similarity) ? FAR : NONE;
  }

  /** Names that are spelt differently and said alike; a code without digits is an initial. */
  private static boolean sounds(String left, String right, double similarity) {
    String sound = similarity < SOUNDS_FROM ? "" : StringDistance.soundex(left);
    return sound.length() > 1 && sound.equals(StringDistance.soundex(right));
  }

  private static boolean isShortNumber(String word) {
    return word.length() < SHORT_NUMBER && Character.isDigit(word.charAt(0));
  }
}
