package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a set of JSON Schemas that all apply to one value says about the value's type: a conjunction
 * under construction. {@link ShapeReader} fills it, {@link TypeMapper} reads it.
 */
final class Shape {

  /** The primitive types of JSON Schema; an integer is a number without a fraction. */
  enum Kind {
    NULL,
    BOOLEAN,
    INTEGER,
    FRACTION,
    STRING,
    OBJECT,
    ARRAY
  }

  private static final BigDecimal INT64_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal INT64_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  final EnumSet<Kind> kinds = EnumSet.allOf(Kind.class);
  final Map<String, List<JsonNode>> properties = new TreeMap<>();
  final Set<String> required = new TreeSet<>();
  final List<JsonNode> patternValues = new ArrayList<>();
  final List<JsonNode> additionalValues = new ArrayList<>();
  final List<JsonNode> items = new ArrayList<>();
  final List<List<JsonNode>> choices = new ArrayList<>();
  final Set<String> tags = new TreeSet<>();
  final Set<String> references = new LinkedHashSet<>();
  String description = "";
  String format = "";
  boolean closed;
  boolean tuple;

  /** Fraction digits of {@code multipleOf}, or -1 when there is none. */
  int scale = -1;

  private BigDecimal lower;
  private BigDecimal upper;

  void atLeast(BigDecimal bound) {
    lower = lower == null ? bound : lower.max(bound);
  }

  void atMost(BigDecimal bound) {
    upper = upper == null ? bound : upper.min(bound);
  }

  void multipleOf(BigDecimal step) {
    int digits = Math.max(0, step.stripTrailingZeros().scale());
    scale = scale < 0 ? digits : Math.min(scale, digits);
  }

  /** Whether a bound that is written down lies outside of int64; no bound counts as inside. */
  boolean exceedsInt64() {
    return outside(lower) || outside(upper);
  }

  private static boolean outside(BigDecimal bound) {
    return bound != null && (bound.compareTo(INT64_MIN) < 0 || bound.compareTo(INT64_MAX) > 0);
  }

  /** Whether the value may be of these kinds and no others but null. */
  boolean only(Kind first, Kind... rest) {
    EnumSet<Kind> others = EnumSet.complementOf(EnumSet.of(first, rest));
    others.remove(Kind.NULL);
    others.retainAll(kinds);
    return others.isEmpty() && kinds.contains(first);
  }
}
