package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** JSON numbers into the numeric column types, exactly or not at all. */
final class Numbers {
  private static final double TWO_TO_53 = 0x1p53;
  private static final double TWO_TO_63 = 0x1p63;

  private static final long[] POWERS_OF_TEN = new long[19];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private Numbers() {}

  static Long int64(JsonNode value) throws UnrepresentableException {
    if (value.isInt() || value.isLong()) {
      return value.longValue();
    }
    requireNumber(value);
    if (value.isDouble()) {
      double number = value.doubleValue();
      if (number == Math.rint(number) && number >= -TWO_TO_63 && number < TWO_TO_63) {
        return (long) number;
      }
    } else if (value.canConvertToLong() && value.canConvertToExactIntegral()) {
      return value.longValue();
    }
    throw outOfRange(value, "a BIGINT (-2^63 to 2^63-1)");
  }

  static Double float64(JsonNode value) throws UnrepresentableException {
    requireNumber(value);
    double number = value.doubleValue();
    boolean whole = value.isIntegralNumber();
    if (!Double.isFinite(number)
        || whole && Math.abs(number) >= TWO_TO_53 && !same(value, number)) {
      throw outOfRange(value, "a DOUBLE (integers exact, magnitude up to 1.8e308)");
    }
    return number;
  }

  private static boolean same(JsonNode integer, double number) {
    return new BigDecimal(number).toBigInteger().equals(integer.bigIntegerValue());
  }

  static BigDecimal decimal(JsonNode value, int precision, int scale)
      throws UnrepresentableException {
    requireNumber(value);
    BigDecimal exact = value.isDouble() ? shortDecimal(value.doubleValue(), scale) : null;
    if (exact == null && !infinite(value)) {
      exact = rescale(value.decimalValue(), precision, scale);
    }
    if (exact == null || exact.precision() > precision) {
      throw outOfRange(value, "a DECIMAL(" + precision + "," + scale + ")");
    }
    return exact;
  }

  /**
   * The decimal of this scale that reads as exactly this double, or null if it takes more than 53
   * bits. Both numbers of the division are exact, so that it rounds as a parser does.
   */
  private static BigDecimal shortDecimal(double number, int scale) {
    if (scale > 18) {
      return null;
    }
    double power = POWERS_OF_TEN[scale];
    double unscaled = Math.rint(number * power);
    boolean exact = Math.abs(unscaled) < TWO_TO_53 && unscaled / power == number;
    return exact ? BigDecimal.valueOf((long) unscaled, scale) : null;
  }

  /** The number at this scale, or null if it is no such number or far too large to try. */
  private static BigDecimal rescale(BigDecimal number, int precision, int scale) {
    if (number.signum() == 0) {
      return BigDecimal.valueOf(0, scale);
    }
    long integerDigits = (long) number.precision() - number.scale();
    if (integerDigits > precision - scale || integerDigits <= -scale) {
      return null;
    }
    BigDecimal stripped = number.scale() > scale ? number.stripTrailingZeros() : number;
    return stripped.scale() > scale ? null : stripped.setScale(scale);
  }

  private static boolean infinite(JsonNode value) {
    return value.isDouble() && !Double.isFinite(value.doubleValue());
  }

  private static void requireNumber(JsonNode value) throws UnrepresentableException {
    if (!value.isNumber()) {
      throw UnrepresentableException.otherKind("number", value);
    }
  }

  private static UnrepresentableException outOfRange(JsonNode value, String column) {
    return new UnrepresentableException("", describe(value) + " does not fit " + column);
  }

  private static String describe(JsonNode value) {
    if (value.isBigInteger()) {
      BigInteger number = value.bigIntegerValue();
      if (number.bitLength() > 128) {
        return "an integer of " + number.bitLength() + " bits";
      }
    }
    String text = value.asText();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
