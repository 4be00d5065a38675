package dev.tributary.schemas.types;

/**
 * Dates and times as RFC 3339 writes them, parsed without allocation.
 *
 * <p>Normalised away: the offset (a time is an instant), fraction digits beyond microseconds (cut,
 * so that a time never moves forward), and a leap second, which counts as the first second of the
 * next minute, as in POSIX time. {@code T} and {@code Z} may be lower case and {@code T} a space.
 * The years are 0000 to 9999, also after conversion to UTC.
 */
public final class Rfc3339 {

  /** What {@link #micros} returns for text that is no such time. */
  public static final long INVALID = Long.MIN_VALUE;

  /** What {@link #epochDay} returns for text that is no such date. */
  public static final int INVALID_DAY = Integer.MIN_VALUE;

  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_END = 19;
  private static final int SHORTEST = 20;
  private static final long SECONDS_A_DAY = 86_400;
  private static final long FIRST_SECOND = daysFromCivil(0, 1, 1) * SECONDS_A_DAY;
  private static final long LAST_SECOND = daysFromCivil(10_000, 1, 1) * SECONDS_A_DAY - 1;
  private static final byte[] DAYS_A_MONTH = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Rfc3339() {}

  /** Microseconds since 1970-01-01T00:00:00Z of a {@code date-time}, or {@link #INVALID}. */
  public static long micros(String text) {
    if (text.length() < SHORTEST) {
      return INVALID;
    }
    int day = dayAt(text);
    int hour = twoDigits(text, 11);
    int minute = twoDigits(text, 14);
    int second = twoDigits(text, 17);
    char separator = text.charAt(DATE_LENGTH);
    boolean shaped =
        (separator == 'T' || separator == 't' || separator == ' ')
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    boolean inRange =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    if (day == INVALID_DAY || !shaped || !inRange) {
      return INVALID;
    }
    return zoned(text, day * SECONDS_A_DAY + hour * 3600L + minute * 60L + second, second == 60);
  }

  private static long zoned(String text, long localSeconds, boolean leap) {
    int zone = fractionEnd(text);
    int offset = zone < 0 ? Integer.MIN_VALUE : offsetSeconds(text, zone);
    if (offset == Integer.MIN_VALUE) {
      return INVALID;
    }
    long seconds = localSeconds - offset;
    if (leap && Math.floorMod(seconds, SECONDS_A_DAY) != 0) {
      return INVALID;
    }
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
      return INVALID;
    }
    return seconds * 1_000_000 + fractionMicros(text, zone);
  }

  /** Where the fraction ends and the zone begins, or -1 for a dot without digits. */
  private static int fractionEnd(String text) {
    if (text.charAt(SECONDS_END) != '.') {
      return SECONDS_END;
    }
    int at = SECONDS_END + 1;
    while (at < text.length() && digit(text.charAt(at)) >= 0) {
      at++;
    }
    return at == SECONDS_END + 1 || at == text.length() ? -1 : at;
  }

  private static int fractionMicros(String text, int end) {
    int micros = 0;
    for (int i = SECONDS_END + 1, unit = 100_000; i < end && unit > 0; i++, unit /= 10) {
      micros += digit(text.charAt(i)) * unit;
    }
    return micros;
  }

  private static int offsetSeconds(String text, int at) {
    char sign = text.charAt(at);
    if (sign == 'Z' || sign == 'z') {
      return at + 1 == text.length() ? 0 : Integer.MIN_VALUE;
    }
    if (sign != '+' && sign != '-' || at + 6 != text.length() || text.charAt(at + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = twoDigits(text, at + 1);
    int minutes = twoDigits(text, at + 4);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return sign == '+' ? seconds : -seconds;
  }

  /** Days since 1970-01-01 of a {@code full-date}, or {@link #INVALID_DAY}. */
  public static int epochDay(String text) {
    return text.length() == DATE_LENGTH ? dayAt(text) : INVALID_DAY;
  }

  private static int dayAt(String text) {
    int century = twoDigits(text, 0);
    int yearOfCentury = twoDigits(text, 2);
    int month = twoDigits(text, 5);
    int day = twoDigits(text, 8);
    boolean digits = century >= 0 && yearOfCentury >= 0 && month > 0 && day > 0;
    if (!digits || month > 12 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return INVALID_DAY;
    }
    int year = century * 100 + yearOfCentury;
    int last = month == 2 && leapYear(year) ? 29 : DAYS_A_MONTH[month];
    return day > last ? INVALID_DAY : (int) daysFromCivil(year, month, day);
  }

  private static boolean leapYear(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-Compatible"). */
  private static long daysFromCivil(int civilYear, int month, int day) {
    int year = month <= 2 ? civilYear - 1 : civilYear;
    int era = Math.floorDiv(year, 400);
    int yearOfEra = year - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int twoDigits(String text, int at) {
    int tens = digit(text.charAt(at));
    int ones = digit(text.charAt(at + 1));
    return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
  }

  private static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }
}
