package dev.tributary.pipelines.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Figures as reports print them. */
final class Figures {
  private Figures() {}

  /** Rounded half up to so many decimal places; an infinity or NaN is null in JSON. */
  static BigDecimal round(double value, int places) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP)
        : null;
  }
}
