package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.schemas.dialect.AssertedFormats;
import dev.tributary.schemas.dialect.EcmaPattern;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** The keywords that look at a value without looking into it: kinds, values, numbers, strings. */
final class ScalarInclusion {
  /** Patterns that find a match in every string. */
  private static final Set<String> MATCH_ALL = Set.of("", "^", ".*", "^.*");

  private final Conjunction earlier;
  private final SchemaNode newer;
  private final List<Finding> findings;
  private final Set<Kind> kinds;
  private final Optional<Set<JsonNode>> values;

  ScalarInclusion(Conjunction earlier, SchemaNode newer, List<Finding> findings) {
    this.earlier = earlier;
    this.newer = newer;
    this.findings = findings;
    this.kinds = earlier.kinds();
    this.values = earlier.values();
  }

  void check() {
    type();
    enumeration();
    if (kinds.contains(Kind.INTEGER) || kinds.contains(Kind.FRACTION)) {
      bound(false);
      bound(true);
      multipleOf();
    }
    if (kinds.contains(Kind.STRING)) {
      shortest();
      longest();
      pattern();
      format();
    }
  }

  private void type() {
    if (!newer.has("type")) {
      return;
    }
    Set<Kind> missing = EnumSet.copyOf(kinds);
    missing.removeAll(Kind.ofKeyword(newer.get("type")));
    if (!missing.isEmpty()) {
      boolean onlyFractions = missing.equals(EnumSet.of(Kind.FRACTION));
      String lost = onlyFractions ? "number with a fraction" : Kind.describe(missing);
      breaking("type", "type no longer admits " + lost);
    }
  }

  private void enumeration() {
    Optional<Set<JsonNode>> admitted = Values.of(newer);
    if (admitted.isEmpty()) {
      return;
    }
    String keyword = newer.has("enum") ? "enum" : "const";
    Set<JsonNode> possible =
        values.isPresent() ? new LinkedHashSet<>(values.get()) : valuesOfSmallKinds(kinds);
    possible.removeIf(value -> !value.isNumber() && !kinds.contains(Kind.ofValue(value)));
    possible.removeAll(admitted.get());
    if (!possible.isEmpty()) {
      breaking(keyword, keyword + " no longer admits " + Values.describe(possible));
    } else if (values.isEmpty() && !onlySmall(kinds)) {
      breaking(
          keyword,
          keyword
              + " admits only "
              + Values.describe(admitted.get())
              + ", where others were valid");
    }
  }

  private static boolean onlySmall(Set<Kind> kinds) {
    return EnumSet.of(Kind.NULL, Kind.BOOLEAN).containsAll(kinds);
  }

  private static Set<JsonNode> valuesOfSmallKinds(Set<Kind> kinds) {
    var nodes = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
    Set<JsonNode> values = new LinkedHashSet<>();
    if (kinds.contains(Kind.NULL)) {
      values.add(nodes.nullNode());
    }
    if (kinds.contains(Kind.BOOLEAN)) {
      values.add(nodes.booleanNode(true));
      values.add(nodes.booleanNode(false));
    }
    return values;
  }

  private void bound(boolean upper) {
    Optional<Bound> wanted = Bound.of(newer, upper);
    if (wanted.isEmpty() || all(JsonNode::isNumber, v -> wanted.get().admits(v.decimalValue()))) {
      return;
    }
    Bound now = kinds.contains(Kind.FRACTION) ? wanted.get() : wanted.get().forIntegers();
    Optional<Bound> before = earlier.bound(upper);
    if (before.isEmpty() || !before.get().implies(now)) {
      String inclusive = upper ? "maximum" : "minimum";
      breaking(
          newer.has(inclusive) ? inclusive : upper ? "exclusiveMaximum" : "exclusiveMinimum",
          "a number must now be "
              + now.describe()
              + before.map(b -> ", not only " + b.describe()).orElse(", where there was no limit"));
    }
  }

  private void multipleOf() {
    JsonNode wanted = newer.get("multipleOf");
    if (!wanted.isNumber()
        || all(JsonNode::isNumber, v -> divides(wanted.decimalValue(), v.decimalValue()))) {
      return;
    }
    boolean implied =
        earlier.divisors().stream().anyMatch(before -> divides(wanted.decimalValue(), before))
            || !kinds.contains(Kind.FRACTION) && divides(wanted.decimalValue(), BigDecimal.ONE);
    if (!implied) {
      breaking("multipleOf", "a number must now be a multiple of " + wanted);
    }
  }

  private static boolean divides(BigDecimal divisor, BigDecimal number) {
    return number.remainder(divisor).signum() == 0;
  }

  private void shortest() {
    long wanted = newer.get("minLength").asLong(0);
    if (wanted <= earlier.atLeast("minLength")
        || all(JsonNode::isTextual, v -> length(v) >= wanted)) {
      return;
    }
    breaking(
        "minLength",
        "a string must now have at least "
            + wanted
            + " characters, not "
            + earlier.atLeast("minLength"));
  }

  private void longest() {
    if (!newer.get("maxLength").isNumber()) {
      return;
    }
    long wanted = newer.get("maxLength").asLong();
    OptionalLong before = earlier.longest();
    if (before.orElse(Long.MAX_VALUE) <= wanted
        || all(JsonNode::isTextual, v -> length(v) <= wanted)) {
      return;
    }
    breaking(
        "maxLength",
        "a string may now have at most "
            + wanted
            + " characters, "
            + (before.isPresent() ? "not " + before.getAsLong() : "where there was no limit"));
  }

  private static long length(JsonNode text) {
    return text.textValue().codePointCount(0, text.textValue().length());
  }

  private void pattern() {
    JsonNode wanted = newer.get("pattern");
    if (!wanted.isTextual() || MATCH_ALL.contains(wanted.textValue())) {
      return;
    }
    boolean implied =
        earlier.texts("pattern").contains(wanted.textValue())
            || all(
                JsonNode::isTextual,
                v -> EcmaPattern.compile(wanted.textValue()).matches(v.textValue()));
    if (!implied) {
      breaking("pattern", "a string must now match " + wanted.textValue());
    }
  }

  private void format() {
    JsonNode wanted = newer.get("format");
    if (!wanted.isTextual() || AssertedFormats.longest(wanted.textValue()).isEmpty()) {
      return;
    }
    if (!earlier.texts("format").contains(wanted.textValue())) {
      breaking("format", "a string must now be a " + wanted.textValue());
    }
  }

  /** Whether the values are known and all of a sort satisfy a condition. */
  private boolean all(Predicate<JsonNode> sort, Predicate<JsonNode> condition) {
    return values.isPresent() && values.get().stream().filter(sort).allMatch(condition);
  }

  private void breaking(String keyword, String why) {
    findings.add(Finding.breaking(newer.pointer(keyword), why));
  }
}
