package dev.tributary.pipelines.landing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Reads times off the wire and corrects them for the client's clock. Microseconds, UTC. */
final class EventTime {
  static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MILLIS_LIMIT = 100_000_000_000_000L;

  private EventTime() {}

  /**
   * RFC 3339 with any offset ({@code 2026-11-22T16:33:20.162Z}), or milliseconds since the epoch as
   * digits. Finer than a microsecond is cut.
   *
   * @throws DateTimeException when it is neither
   */
  static long parse(String text) {
    long fast = fastUtc(text);
    if (fast != Envelope.ABSENT) {
      return fast;
    }
    if (!text.isEmpty()
        && text.length() <= 15
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return fromMillis(Long.parseLong(text));
    }
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    Instant instant = OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static long fromMillis(long millis) {
    if (Math.abs(millis) > MILLIS_LIMIT) {
      throw new DateTimeException("not a time in milliseconds since the epoch: " + millis);
    }
    return millis * 1000;
  }

  /**
   * The event's time on the receiver's clock: what passed on the client between the event and the
   * sending is taken off the receipt (the Segment spec's {@code timestamp} rule). Without {@code
   * sentAt} the client's time stands; without any the receipt does.
   *
   * @param original the client's time of the event, or {@link Envelope#ABSENT}
   * @param sent the client's time of sending, or {@link Envelope#ABSENT}
   * @param received the receiver's time
   */
  static long corrected(long original, long sent, long received) {
    if (original == Envelope.ABSENT) {
      return received;
    }
    return sent == Envelope.ABSENT ? original : received - (sent - original);
  }

  /** Days since the epoch of a time. */
  static int day(long micros) {
    return (int) Math.floorDiv(micros, MICROS_PER_DAY);
  }

  /** {@code yyyy-MM-ddTHH:mm:ss[.f{1,9}]Z} without allocation; ABSENT where the shape differs. */
  private static long fastUtc(String s) {
    int length = s.length();
    if (length < 20 || length > 30 || s.charAt(length - 1) != 'Z' || s.charAt(10) != 'T') {
      return Envelope.ABSENT;
    }
    if (s.charAt(4) != '-' || s.charAt(7) != '-' || s.charAt(13) != ':' || s.charAt(16) != ':') {
      return Envelope.ABSENT;
    }
    int year = digits(s, 0, 4);
    int month = digits(s, 5, 7);
    int day = digits(s, 8, 10);
    int hour = digits(s, 11, 13);
    int minute = digits(s, 14, 16);
    int second = digits(s, 17, 19);
    if ((year | month | day | hour | minute | second) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > 28
        || hour > 23
        || minute > 59
        || second > 59) {
      return Envelope.ABSENT; // the 29th and later, and every fault, take the slow and exact way
    }
    long fraction = 0;
    if (length > 20) {
      if (s.charAt(19) != '.' || length == 21) {
        return Envelope.ABSENT;
      }
      long unit = 100_000;
      for (int i = 20; i < length - 1; i++) {
        int digit = s.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return Envelope.ABSENT;
        }
        fraction += digit * unit;
        unit /= 10;
      }
    }
    long days = daysFromCivil(year, month, day);
    return (days * 86_400 + hour * 3600L + minute * 60L + second) * 1_000_000 + fraction;
  }

  private static int digits(String s, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = s.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": proleptic Gregorian to days. */
  private static long daysFromCivil(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
