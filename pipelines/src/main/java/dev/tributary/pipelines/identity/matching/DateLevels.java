package dev.tributary.pipelines.identity.matching;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days, also impossible ones as typing errors leave them: month and day swapped, one digit wrong,
 * two parts of three equal.
 */
final class DateLevels implements LevelRule {
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})\\D?(\\d{1,2})\\D?(\\d{1,2})(?:[T ].*)?");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})[^\\dA-Za-z](\\d{1,2})[^\\dA-Za-z](\\d{4}|\\d{2})");
  private static final Pattern DAY_NAMED_MONTH =
      Pattern.compile("(\\d{1,2})\\W+([A-Za-z]{3,9})\\W+(\\d{4}|\\d{2})");
  private static final Pattern NAMED_MONTH_DAY =
      Pattern.compile("([A-Za-z]{3,9})\\W+(\\d{1,2})\\W+(\\d{4}|\\d{2})");
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  /** Years of two digits below it are of this century. */
  private static final int PIVOT = 30;

  @Override
  public List<String> labels() {
    return List.of(
        "different",
        "one part equal or a year apart",
        "same year",
        "two digits differ",
        "two parts of three equal",
        "one digit differs, or day and month swapped",
        "equal");
  }

  @Override
  public double[] belief() {
    return new double[] {0.05, 0.02, 0.02, 0.03, 0.06, 0.12, 0.7};
  }

  @Override
  public double[] strangers() {
    return new double[] {0.85, 0.11, 0.02, 0.012, 0.004, 0.0038, 0.0002};
  }

  @Override
  public double sharing() {
    return Household.PERSONAL;
  }

  @Override
  public String normalise(String value) {
    Matcher first = YEAR_FIRST.matcher(value);
    if (first.matches()) {
      return form(first.group(1), first.group(2), first.group(3));
    }
    Matcher last = YEAR_LAST.matcher(value);
    if (last.matches()) {
      return form(year(last.group(3)), last.group(1), last.group(2));
    }
    Matcher named = DAY_NAMED_MONTH.matcher(value);
    if (named.matches() && month(named.group(2)) > 0) {
      return form(year(named.group(3)), "" + month(named.group(2)), named.group(1));
    }
    named = NAMED_MONTH_DAY.matcher(value);
    if (named.matches() && month(named.group(1)) > 0) {
      return form(year(named.group(3)), "" + month(named.group(1)), named.group(2));
    }
    return Text.words(value);
  }

  private static int month(String name) {
    int at = MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT));
    return at % 3 == 0 ? at / 3 + 1 : 0;
  }

  private static String year(String digits) {
    if (digits.length() == 4) {
      return digits;
    }
    return (Integer.parseInt(digits) < PIVOT ? "20" : "19") + digits;
  }

  private static String form(String year, String second, String third) {
    return year + "-" + two(second) + "-" + two(third);
  }

  private static String two(String part) {
    return part.length() == 1 ? "0" + part : part;
  }

  private static boolean isDay(String value) {
    return value.length() == 10 && value.charAt(4) == '-' && value.charAt(7) == '-';
  }

  @Override
  public int level(String left, String right) {
    int edits = StringDistance.edits(left, right, 2);
    if (!isDay(left) || !isDay(right)) {
      return edits <= 1 ? 5 : 0;
    }
    boolean year = left.regionMatches(0, right, 0, 4);
    if (edits <= 1 || year && swapped(left, right)) {
      return 5;
    }
    boolean second = left.regionMatches(5, right, 5, 2);
    boolean third = left.regionMatches(8, right, 8, 2);
    int equal = (year ? 1 : 0) + (second ? 1 : 0) + (third ? 1 : 0);
    if (equal == 2) {
      return 4;
    }
    if (edits == 2) {
      return 3;
    }
    if (year) {
      return 2;
    }
    int apart =
        Math.abs(Integer.parseInt(left.substring(0, 4)) - Integer.parseInt(right.substring(0, 4)));
    return equal == 1 || apart == 1 ? 1 : 0;
  }

  private static boolean swapped(String left, String right) {
    return left.regionMatches(5, right, 8, 2) && left.regionMatches(8, right, 5, 2);
  }

  @Override
  public List<String> keyNames() {
    return List.of("date", "year", "month and day", "year and month", "year and day");
  }

  @Override
  public String[] keys(String value) {
    if (!isDay(value)) {
      return new String[] {value, null, null, null, null};
    }
    String year = value.substring(0, 4);
    return new String[] {
      value, year, value.substring(5), value.substring(0, 7), year + value.substring(8)
    };
  }
}
