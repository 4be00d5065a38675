package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which columns are the year, the month and the day of one birth: told by their names, which differ
 * in that word alone ({@code dob_year}, {@code dob_mon}, {@code dob_day}; {@code by}, {@code bm},
 * {@code bd}).
 */
final class DateColumns {
  private static final Pattern PART =
      Pattern.compile(
          "(?<before>.*?)(?<part>years?|yyyy|yy|yr|y|months?|mon|mth|mm|m|days?|dd|d)"
              + "(?<after>[^a-z]*|[^a-z]of[^a-z]birth|ofbirth|ob)");
  private static final String BIRTH = ".*(birth|dob|born|geb).*|.?b|b[^a-z]?|ob";

  private DateColumns() {}

  private record Part(String column, String of, char unit) {}

  /** Year, month and day of each date, in this order. */
  static List<List<String>> dates(List<String> columns) {
    List<Part> parts = columns.stream().map(DateColumns::part).flatMap(Optional::stream).toList();
    List<List<String>> dates = new ArrayList<>();
    for (Part year : parts) {
      Optional<Part> month = other(parts, year, 'm');
      Optional<Part> day = other(parts, year, 'd');
      if (year.unit() == 'y' && month.isPresent() && day.isPresent()) {
        dates.add(List.of(year.column(), month.get().column(), day.get().column()));
      }
    }
    return dates;
  }

  private static Optional<Part> other(List<Part> parts, Part year, char unit) {
    return parts.stream()
        .filter(part -> part.unit() == unit && part.of().equals(year.of()))
        .findFirst();
  }

  private static Optional<Part> part(String column) {
    var matcher = PART.matcher(column.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String of = matcher.group("before") + matcher.group("after");
    return of.matches(BIRTH)
        ? Optional.of(new Part(column, of, matcher.group("part").charAt(0)))
        : Optional.empty();
  }

  /** The day of its parts as written; empty when all are missing. */
  static String day(String year, String month, String day) {
    if ((year + month + day).isEmpty()) {
      return "";
    }
    return digits(year, 4) + "-" + digits(month, 2) + "-" + digits(day, 2);
  }

  private static String digits(String value, int length) {
    String whole = value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
    return "0".repeat(Math.max(0, length - whole.length())) + whole;
  }
}
