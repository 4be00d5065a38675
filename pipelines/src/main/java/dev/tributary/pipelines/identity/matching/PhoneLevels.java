package dev.tributary.pipelines.identity.matching;

import java.util.List;

/** Telephone numbers by their digits: equal, equal but for the country or area, a digit wrong. */
final class PhoneLevels implements LevelRule {
  private static final int LOCAL = 7;
  private static final int NATIONAL = 9;

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
      return 3;
    }
    if (StringDistance.edits(left, right, 1) <= 1) {
      return 2;
    }
    return sameEnd(left, right, LOCAL) ? 1 : 0;
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
