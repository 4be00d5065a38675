package dev.tributary.predictor.recommend;

import java.time.Duration;
import java.util.Locale;

/** Values as people read them. */
public final class Values {
  private Values() {}

  /** {@code 0.1234 USD}. */
  public static String usd(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.4f USD" : "%.2f USD", value);
  }

  /** {@code 1,234 MB}. */
  public static String mb(double value) {
    return String.format(Locale.ROOT, "%,.0f MB", value);
  }

  /** {@code 1 h 02 min}, {@code 3 min 04 s}, {@code 5.6 s}. */
  public static String time(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
