package dev.tributary.pipelines.identity.matching;

import java.util.List;

/**
 * Telephone numbers by their digits: equal, with a country's code (ITU-T E.164: one to three
 * digits) or without, equal but for what else stands before, a digit wrong.
 */
final class PhoneLevels implements LevelRule {
  private static final int LOCAL = 7;
  private static final int NATIONAL = 9;
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

  @Override
  public String normalise(String value) {
    return Text.digits(value);
  }

  @Override
  public int level(String left, String right) {
    if (sameEnd(left, right, NATIONAL)) {
      boolean longer = left.length() > right.length();
      return abroad(longer ? left : right, longer ? right : left) ? EQUAL : EQUAL - 1;
    }
    if (StringDistance.edits(left, right, 1) <= 1) {
      return 2;
    }
    return sameEnd(left, right, LOCAL) ? 1 : 0;
  }

  /** Whether one is the other as it is dialled from another country. */
  private static boolean abroad(String longer, String shorter) {
    String full = withoutZeros(longer);
    String national = withoutZeros(shorter);
    int code = full.length() - national.length();
    return national.length() >= NATIONAL && code >= 0 && code <= COUNTRY && full.endsWith(national);
  }

  private static String withoutZeros(String number) {
    int at = 0;
    while (at < number.length() && number.charAt(at) == '0') {
      at++;
    }
    return number.substring(at);
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
    String local = value.length() > LOCAL ? value.substring(value.length() - LOCAL) : null;
    return new String[] {value, local};
  }
}
