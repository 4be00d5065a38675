package dev.tributary.pipelines.identity.matching;

import java.util.List;

/** Identifiers that an authority gave out: equal, one or two characters wrong. */
final class CodeLevels implements LevelRule {
  private static final int LONG = 5;

  @Override
  public List<String> labels() {
    return List.of("different", "two characters differ", "one character differs", "equal");
  }

  @Override
  public double[] belief() {
    return new double[] {0.04, 0.02, 0.08, 0.86};
  }

  @Override
  public double[] strangers() {
    return new double[] {0.9986, 0.001, 0.0003, 0.0001};
  }

  @Override
  public double sharing() {
    return Household.PERSONAL;
  }

  @Override
  public String normalise(String value) {
    return Text.words(value).replace(" ", "");
  }

  @Override
  public int level(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    int edits = StringDistance.edits(left, right, 2);
    if (edits <= 1 && shorter > 2) {
      return 2;
    }
    return edits == 2 && shorter >= LONG ? 1 : 0;
  }

  @Override
  public List<String> keyNames() {
    return List.of("code");
  }

  @Override
  public String[] keys(String value) {
    return new String[] {value};
  }
}
