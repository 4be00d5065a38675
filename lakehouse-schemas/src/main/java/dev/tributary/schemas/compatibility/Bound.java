package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A limit of numbers.
 *
 * @param upper whether it limits from above
 * @param open whether the limit itself is excluded
 */
record Bound(BigDecimal value, boolean upper, boolean open) {
  /**
   * The bound a schema sets, reading the boolean {@code exclusiveMinimum} of draft 4 and the number
   * of later ones.
   */
  static Optional<Bound> of(SchemaNode node, boolean upper) {
    JsonNode inclusive = node.get(upper ? "maximum" : "minimum");
    JsonNode exclusive = node.get(upper ? "exclusiveMaximum" : "exclusiveMinimum");
    Optional<Bound> first =
        inclusive.isNumber()
            ? Optional.of(new Bound(inclusive.decimalValue(), upper, exclusive.asBoolean(false)))
            : Optional.empty();
    Optional<Bound> second =
        exclusive.isNumber()
            ? Optional.of(new Bound(exclusive.decimalValue(), upper, true))
            : Optional.empty();
    return tighter(first, second);
  }

  static Optional<Bound> tighter(Optional<Bound> first, Optional<Bound> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    return first.get().implies(second.get()) ? first : second;
  }

  /** Whether what keeps to this bound keeps to the other, on the same side. */
  boolean implies(Bound other) {
    int order = upper ? other.value.compareTo(value) : value.compareTo(other.value);
    return order > 0 || order == 0 && (open || !other.open);
  }

  /** The same bound for integers only: closed, and itself an integer. */
  Bound forIntegers() {
    BigDecimal whole = value.setScale(0, upper ? RoundingMode.FLOOR : RoundingMode.CEILING);
    boolean step = open && whole.compareTo(value) == 0;
    BigDecimal one = upper ? BigDecimal.ONE.negate() : BigDecimal.ONE;
    return new Bound(step ? whole.add(one) : whole, upper, false);
  }

  /** Whether nothing lies between this lower bound and an upper one. */
  boolean excludes(Bound upperBound) {
    int order = value.compareTo(upperBound.value);
    return order > 0 || order == 0 && (open || upperBound.open);
  }

  boolean admits(BigDecimal number) {
    int order = upper ? value.compareTo(number) : number.compareTo(value);
    return order > 0 || order == 0 && !open;
  }

  String describe() {
    return (upper ? "at most " : "at least ") + value.toPlainString() + (open ? ", exclusive" : "");
  }
}
