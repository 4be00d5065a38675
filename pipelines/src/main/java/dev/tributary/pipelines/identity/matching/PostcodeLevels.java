package dev.tributary.pipelines.identity.matching;

import java.util.List;

/**
 * Postal codes whose beginning is the wider area: equal, a digit wrong, same sector or district.
 */
final class PostcodeLevels implements LevelRule {
  private static final int DISTRICT = 3;

  @Override
  public List<String> labels() {
    return List.of("different", "same area", "same district", "same sector", "misspelt", "equal");
  }

  @Override
  public double[] belief() {
    return new double[] {0.1, 0.05, 0.08, 0.07, 0.1, 0.6};
  }

  @Override
  public boolean place() {
    return true;
  }

  @Override
  public String normalise(String value) {
    return Text.words(value);
  }

  /** The first word of a code of two, else its first three characters. */
  private static String district(String code) {
    int space = code.indexOf(' ');
    if (space > 0) {
      return code.substring(0, space);
    }
    return code.substring(0, Math.min(DISTRICT, code.length()));
  }

  @Override
  public int level(String left, String right) {
    String district = district(left);
    if (StringDistance.edits(left, right, 1) <= 1) {
      return 4;
    }
    if (district.equals(district(right))) {
      return left.regionMatches(0, right, 0, district.length() + 2) ? 3 : 2;
    }
    return area(district).equals(area(district(right))) ? 1 : 0;
  }

  /** The letters that a district begins with, or its first two digits. */
  private static String area(String district) {
    int end = 0;
    while (end < district.length() && Character.isLetter(district.charAt(end))) {
      end++;
    }
    return district.substring(0, end > 0 ? end : Math.min(2, district.length()));
  }

  @Override
  public List<String> keyNames() {
    return List.of("code", "district");
  }

  @Override
  public String[] keys(String value) {
    return new String[] {value, district(value)};
  }
}
