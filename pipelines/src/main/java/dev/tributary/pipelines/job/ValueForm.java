package dev.tributary.pipelines.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a value becomes a value of one type.
 *
 * @param expected what the text must be, to complete "is not …"
 * @param example a text that is right
 * @param parser throws {@link RuntimeException} for a text that is wrong
 */
record ValueForm(String expected, String example, Function<String, Object> parser) {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");

  private static final Map<Class<?>, ValueForm> FORMS =
      Map.ofEntries(
          Map.entry(String.class, new ValueForm("a text", "text", text -> text)),
          Map.entry(int.class, whole("1000", text -> Integer.valueOf(digits(text)))),
          Map.entry(Integer.class, whole("1000", text -> Integer.valueOf(digits(text)))),
          Map.entry(long.class, whole("1000000", text -> Long.valueOf(digits(text)))),
          Map.entry(Long.class, whole("1000000", text -> Long.valueOf(digits(text)))),
          Map.entry(double.class, number()),
          Map.entry(Double.class, number()),
          Map.entry(boolean.class, truth()),
          Map.entry(Boolean.class, truth()),
          Map.entry(
              Duration.class,
              new ValueForm(
                  "a duration (10s, 5m, 1h, 7d, 500ms, PT10S)", "10s", ValueForm::duration)),
          Map.entry(
              Instant.class,
              new ValueForm(
                  "a time (2026-01-31T10:00:00Z, or a date for its midnight UTC)",
                  "2026-01-31T10:00:00Z",
                  ValueForm::instant)),
          Map.entry(Path.class, new ValueForm("a path", "some/file", ValueForm::path)));

  static boolean isKnown(Class<?> type) {
    return type.isEnum() || FORMS.containsKey(type);
  }

  static ValueForm of(Class<?> type) {
    return type.isEnum() ? choice(type) : FORMS.get(type);
  }

  private static ValueForm whole(String example, Function<String, Object> parser) {
    return new ValueForm("a whole number", example, parser);
  }

  private static ValueForm number() {
    return new ValueForm("a number", "0.5", text -> finite(Double.parseDouble(digits(text))));
  }

  private static ValueForm truth() {
    return new ValueForm("true or false", "true", ValueForm::truth);
  }

  private static ValueForm choice(Class<?> type) {
    Map<String, Object> constants =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(c -> shown(c), c -> c, (a, b) -> a, LinkedHashMap::new));
    String names = String.join(", ", constants.keySet());
    return new ValueForm(
        "one of " + names,
        constants.keySet().iterator().next(),
        text -> {
          Object constant = constants.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
          if (constant == null) {
            throw new IllegalArgumentException(text);
          }
          return constant;
        });
  }

  private static String shown(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String digits(String text) {
    return text.strip().replace("_", "");
  }

  private static Double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("not finite");
    }
    return value;
  }

  private static Object truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Object duration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Duration.parse(text.strip());
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Object instant(String text) {
    String stripped = text.strip();
    return stripped.length() == "2026-01-31".length()
        ? LocalDate.parse(stripped).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(stripped);
  }

  private static Object path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("empty");
    }
    return Path.of(text);
  }
}
