package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * The most values of a type that one profile has. Values that must-links put together count as one.
 *
 * @param type identifier type; {@value #ANY} counts the identifiers of every type
 * @param max at least 1; 1 without a window makes the type unique
 * @param window null for ever; otherwise only values count together that were seen within this long
 *     of each other, a value being seen from the first to the last observation of its evidence
 */
public record Limit(String type, int max, Duration window) implements Serializable {
  /** Stands for every type. */
  public static final String ANY = "*";

  public Limit {
    Objects.requireNonNull(type, "type");
    if (max < 1) {
      throw GraphErrors.rule("the limit of " + type, max, "give at least 1");
    }
    if (window != null && (window.isNegative() || window.isZero())) {
      throw GraphErrors.rule("the window of the limit of " + type, window, "give a longer one");
    }
  }

  /** At most this many values, ever. */
  public static Limit ever(String type, int max) {
    return new Limit(type, max, null);
  }

  /** Two different values of the type are never in one profile. */
  public static Limit unique(String type) {
    return ever(type, 1);
  }

  /** Whether two values never meet. */
  public boolean isUnique() {
    return max == 1 && window == null && !type.equals(ANY);
  }

  /** For people, e.g. {@code at most 5 email within 30 days}. */
  String words() {
    String what = type.equals(ANY) ? "identifiers" : type;
    return "at most " + max + " " + what + (window == null ? "" : " within " + days() + " days");
  }

  private String days() {
    double days = window.toSeconds() / (double) Duration.ofDays(1).toSeconds();
    return days == Math.rint(days) ? Long.toString((long) days) : Double.toString(days);
  }
}
