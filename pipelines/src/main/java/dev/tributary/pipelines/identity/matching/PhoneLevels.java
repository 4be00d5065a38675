package dev.tributary.pipelines.identity.matching;

import java.util.List;

/**
 * Telephone numbers by their digits: equal, with a country's code (ITU-T E.164: one to three
 * digits) or without, equal but for what else stands before, a digit wrong.
 */
final class PhoneLevels implements LevelRule {
  private static final int LOCAL = 7;
  private static final int NATIONAL = 9;
  private static final int FULL = 10;
  private static final int COUNTRY = 3;
  private static final int EQUAL = 4;

  @Override
  public List<String> labels() {
    return List.of(
        "different", "same local number", "one digit differs", "same national number", "equal");
  }

  @Override
  public double[] belief() {
    return new double[] {0.25, 0.02, 0.05, 0.13, 0.55};
  }

  @Override
  public double[] strangers() {
    return new double[] {0.9986, 0.001, 0.0002, 0.0001, 0.0001};
  }

  /** The digits; a plus before them where the country's code is written as one. */
  @Override
  public String normalise(String value) {
    String digits = Text.digits(value);
    boolean plus = value.strip().startsWith("+") || value.strip().startsWith("(+");
    if (digits.startsWith("00")) {
      return "+" + digits.substring(2);
    }
    return plus ? "+" + digits : digits;
  }

  @Override
  public int level(String left, String right) {
    String one = Text.digits(left);
    String other = Text.digits(right);
    boolean longer = one.length() > other.length();
    if (one.equals(other) || abroad(longer ? left : right, longer ? right : left)) {
      return EQUAL;
    }
    if (sameEnd(one, other, NATIONAL)) {
      return EQUAL - 1;
    }
    if (StringDistance.edits(one, other, 1) <= 1) {
      return 2;
    }
    return sameEnd(one, other, LOCAL) ? 1 : 0;
  }

  /**
   * Whether one is the other as it is dialled from another country: behind a plus, or in full ten
   * digits and none of the two dialled as within a country.
   */
  private static boolean abroad(String international, String within) {
    boolean marked = international.startsWith("+");
    if (within.startsWith("+")
        || !marked && (international.startsWith("0") || within.startsWith("0"))) {
      return false;
    }
    String full = Text.digits(international);
    return follows(full, within, marked ? LOCAL : FULL)
        || within.startsWith("0") && follows(full, within.substring(1), LOCAL);
  }

  private static boolean follows(String full, String national, int fewest) {
    int code = full.length() - national.length();
    return national.length() >= fewest && code >= 1 && code <= COUNTRY && full.endsWith(national);
  }

  private static boolean sameEnd(String left, String right, int digits) {
    return left.length() >= digits
        && right.length() >= digits
        && left.regionMatches(left.length() - digits, right, right.length() - digits, digits);
  }

  @Override
  public List<String> keyNames() {
    return List.of("number", "local number");
  }

  @Override
  public String[] keys(String value) {
    String digits = Text.digits(value);
    String local = digits.length() > LOCAL ? digits.substring(digits.length() - LOCAL) : null;
    return new String[] {digits, local};
  }
}
