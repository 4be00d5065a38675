package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.service.Refusal.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * A value of a request with the JSON pointer to it, so that every refusal says which value it is.
 */
record At(JsonNode node, String pointer) {
  private static final int LONGEST_TEXT = 500;
  private static final int MOST_INPUTS = 64;
  private static final Duration CLOCKS_DIFFER_BY = Duration.ofDays(1);

  At {
    Objects.requireNonNull(node, "node");
  }

  static At body(JsonNode node) {
    return new At(node, "");
  }

  /** Asks for an object with no other members than these. */
  At object(String... members) {
    if (!node.isObject()) {
      throw wrong("is to be an object");
    }
    List<String> known = Arrays.asList(members);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              requireName(name);
              if (!known.contains(name)) {
                throw Refusal.at(
                    Kind.INVALID_REQUEST,
                    pointer + token(name),
                    "There is no member '%s' here; known are %s."
                        .formatted(name, new TreeSet<>(known)));
              }
            });
    return this;
  }

  At get(String member) {
    return maybe(member)
        .orElseThrow(
            () ->
                Refusal.at(
                    Kind.INVALID_REQUEST,
                    pointer.isEmpty() ? "/" : pointer,
                    "The member '%s' is missing.".formatted(member)));
  }

  /** The member where it is there and not null. */
  Optional<At> maybe(String member) {
    JsonNode value = node.get(member);
    return value == null || value.isNull()
        ? Optional.empty()
        : Optional.of(new At(value, pointer + token(member)));
  }

  String text() {
    if (!node.isTextual()) {
      throw wrong("is to be a string");
    }
    String text = node.textValue();
    if (text.isBlank() || text.length() > LONGEST_TEXT) {
      throw range("is to have 1 to " + LONGEST_TEXT + " characters, and some that are no spaces");
    }
    if (!isWellFormed(text)) {
      throw range("is to be Unicode, without half of a surrogate pair");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw range("is to have no control characters");
    }
    return text;
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }

  double number() {
    if (!node.isNumber()) {
      throw wrong("is to be a number");
    }
    double value = node.doubleValue();
    if (!Double.isFinite(value)) {
      throw range("is to be finite");
    }
    return value;
  }

  double above(double bound) {
    double value = number();
    if (!(value > bound)) {
      throw range("is to be above " + plain(bound) + ", not " + node.asText());
    }
    return value;
  }

  double within(double low, double high) {
    double value = number();
    if (value < low || value > high) {
      throw range("is to be from %s to %s, not %s".formatted(plain(low), plain(high), node));
    }
    return value;
  }

  /** A probability that leaves room on both sides. */
  double confidence() {
    double value = number();
    if (!(value > 0 && value < 1)) {
      throw range("is a probability above 0 and below 1, not " + node.asText());
    }
    return value;
  }

  int integer(int low, int high) {
    if (!node.isNumber() || node.doubleValue() != Math.rint(node.doubleValue())) {
      throw wrong("is to be a whole number");
    }
    double value = node.doubleValue();
    if (value < low || value > high) {
      throw range("is to be from %d to %d, not %s".formatted(low, high, node.asText()));
    }
    return (int) value;
  }

  boolean flag() {
    if (!node.isBoolean()) {
      throw wrong("is to be true or false");
    }
    return node.booleanValue();
  }

  Instant instant() {
    String text = text();
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw range("is to be a time like 2026-03-01T12:00:00Z, not '" + text + "'");
    }
  }

  /** A start of a run, which is over: from 1970 on, and not later than a day after {@code now}. */
  Instant past(Instant now) {
    Instant start = instant();
    if (start.isBefore(Instant.EPOCH) || start.isAfter(now.plus(CLOCKS_DIFFER_BY))) {
      throw range(
          "is to be from 1970-01-01 to a day after now, %s, not %s"
              .formatted(now.truncatedTo(ChronoUnit.SECONDS), node.textValue()));
    }
    return start;
  }

  /** Inputs of a run: finite numbers by name, at most {@value #MOST_INPUTS}. */
  Map<String, Double> numbers() {
    return numbersUpTo(MOST_INPUTS);
  }

  /** Finite numbers by name; models are fitted to them, so their number has a bound. */
  Map<String, Double> numbersUpTo(int most) {
    if (!node.isObject()) {
      throw wrong("is to be an object of numbers");
    }
    if (node.size() > most) {
      throw range("is to have at most %d numbers, not %d".formatted(most, node.size()));
    }
    node.fieldNames().forEachRemaining(this::requireName);
    Map<String, Double> numbers = new LinkedHashMap<>();
    node.fieldNames().forEachRemaining(name -> numbers.put(name, member(name).number()));
    return numbers;
  }

  /** Refuses a name of a member that is no Unicode; a pointer to it could not be written either. */
  void requireName(String name) {
    if (!isWellFormed(name)) {
      throw range("has a name that is no Unicode: half of a surrogate pair");
    }
  }

  List<At> items(int most) {
    if (!node.isArray()) {
      throw wrong("is to be an array");
    }
    if (node.size() > most) {
      throw range("is to have at most %d items, not %d".formatted(most, node.size()));
    }
    List<At> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new At(node.get(i), pointer + "/" + i));
    }
    return items;
  }

  OptionalDouble maybeAbove(String member, double bound) {
    return maybe(member)
        .map(value -> OptionalDouble.of(value.above(bound)))
        .orElse(OptionalDouble.empty());
  }

  OptionalInt maybeInteger(String member, int low, int high) {
    return maybe(member)
        .map(value -> OptionalInt.of(value.integer(low, high)))
        .orElse(OptionalInt.empty());
  }

  Refusal range(String problem) {
    return refusal(Kind.INVALID_VALUE, problem);
  }

  Refusal refusal(Kind kind, String problem) {
    return Refusal.at(kind, pointer.isEmpty() ? "/" : pointer, "The value " + problem + ".");
  }

  private At member(String name) {
    return new At(node.get(name), pointer + token(name));
  }

  private Refusal wrong(String problem) {
    return refusal(Kind.INVALID_REQUEST, problem);
  }

  /** A member's name as the next token of a pointer. */
  static String token(String member) {
    return "/" + escaped(member);
  }

  private static String escaped(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
