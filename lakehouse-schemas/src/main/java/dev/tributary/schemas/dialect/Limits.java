package dev.tributary.schemas.dialect;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What a JSON value may not exceed so that every keyword can be held against it in bounded time and
 * memory: {@value #MAX_DEPTH} levels of nesting, and numbers within the range of an IEEE 754 double
 * (so no NaN and no infinity) with at most {@value #MAX_SCALE} decimal places.
 */
public final class Limits {
  /** Levels of nested objects and arrays. */
  public static final int MAX_DEPTH = 256;

  private static final int MAX_BITS = 1_023;
  private static final int MAX_DIGITS = 308;
  private static final int MAX_SCALE = 1_000;

  /**
   * The first place beyond the limits.
   *
   * @param pointer JSON pointer into the value
   */
  public record Excess(JsonPointer pointer, String message) {}

  private Limits() {}

  /** The first place beyond the limits, empty when the value keeps to them. */
  public static Optional<Excess> exceeded(JsonNode value) {
    return within(value, 0) ? Optional.empty() : Optional.of(find(value, JsonPointer.empty(), 0));
  }

  private static boolean within(JsonNode value, int depth) {
    if (!value.isContainerNode()) {
      return !value.isNumber() || isComparable(value);
    }
    if (depth >= MAX_DEPTH) {
      return false;
    }
    for (JsonNode child : value) {
      if (!within(child, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isComparable(JsonNode number) {
    return switch (number.numberType()) {
      case INT, LONG -> true;
      case FLOAT, DOUBLE -> Double.isFinite(number.doubleValue());
      case BIG_INTEGER -> number.bigIntegerValue().bitLength() <= MAX_BITS;
      case BIG_DECIMAL -> isComparable(number.decimalValue());
    };
  }

  private static boolean isComparable(BigDecimal number) {
    long digits = (long) number.precision() - number.scale();
    return digits <= MAX_DIGITS && number.scale() <= MAX_SCALE;
  }

  private static Excess find(JsonNode value, JsonPointer at, int depth) {
    if (!value.isContainerNode()) {
      return new Excess(
          at, "the number is not finite, or beyond the range of a double, or has too many places");
    }
    if (depth >= MAX_DEPTH) {
      return new Excess(at, "nested deeper than " + MAX_DEPTH + " levels");
    }
    int index = 0;
    for (JsonNode child : value) {
      if (value.isArray() && !within(child, depth + 1)) {
        return find(child, at.appendIndex(index), depth + 1);
      }
      index++;
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (!within(member.getValue(), depth + 1)) {
        return find(member.getValue(), at.appendProperty(member.getKey()), depth + 1);
      }
    }
    throw new IllegalStateException("the value changed while it was looked at");
  }
}
