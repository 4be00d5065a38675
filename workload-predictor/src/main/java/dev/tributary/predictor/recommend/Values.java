package dev.tributary.predictor.recommend;

import java.time.Duration;

/** Values as people read them. */
public final class Values {
  private Values() {}

  /** {@code 0.1234 USD}. */
  public static String usd(double value) {
    return fixed(value, value < 1 ? 4 : 2) + " USD";
  }

  /** {@code 1,234 MB}. */
  public static String mb(double value) {
    StringBuilder digits = new StringBuilder(fixed(value, 0));
    for (int at = digits.length() - 3; at > 0; at -= 3) {
      digits.insert(at, ',');
    }
    return digits.append(" MB").toString();
  }

  /** {@code 1 h 02 min}, {@code 3 min 04 s}, {@code 5.6 s}. */
  public static String time(double seconds) {
    if (seconds < 60) {
      return fixed(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? whole / 60 + " min " + two(whole % 60) + " s"
        : whole / 3600 + " h " + two(whole % 3600 / 60) + " min";
  }

  private static String two(long value) {
    return value < 10 ? "0" + value : Long.toString(value);
  }

  /** Hundreds of candidates are told why; String.format would take most of the time. */
  private static String fixed(double value, int places) {
    if (!Double.isFinite(value) || Math.abs(value) > 1e12) {
      return Double.toString(value);
    }
    return java.math.BigDecimal.valueOf(value)
        .setScale(places, java.math.RoundingMode.HALF_UP)
        .toPlainString();
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
