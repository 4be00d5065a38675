package dev.tributary.pipelines.identity.matching;

import java.math.BigDecimal;
import java.util.List;

/** Numbers and years: equal, one apart, within a hundredth. */
final class NumberLevels implements LevelRule {
  private static final double NEAR = 0.01;
  private static final int DIGITS = 30;

  @Override
  public List<String> labels() {
    return List.of("different", "within 1 %", "one apart", "equal");
  }

  @Override
  public double[] belief() {
    return new double[] {0.15, 0.1, 0.1, 0.65};
  }

  @Override
  public double sharing() {
    return Household.PERSONAL;
  }

  @Override
  public String normalise(String value) {
    try {
      BigDecimal number = new BigDecimal(value.strip()).stripTrailingZeros();
      return Math.abs(number.scale()) > DIGITS ? number.toString() : number.toPlainString();
    } catch (NumberFormatException e) {
      return Text.words(value);
    }
  }

  @Override
  public int level(String left, String right) {
    try {
      double a = Double.parseDouble(left);
      double b = Double.parseDouble(right);
      double apart = Math.abs(a - b);
      if (apart <= 1) {
        return 2;
      }
      return apart <= NEAR * Math.max(Math.abs(a), Math.abs(b)) ? 1 : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public List<String> keyNames() {
    return List.of("number");
  }

  @Override
  public String[] keys(String value) {
    return new String[] {value};
  }
}
