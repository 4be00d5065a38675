package dev.tributary.pipelines.bench;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Writes values of fixed width into a byte array, without garbage. */
final class Ascii {

  static final int UUID_LENGTH = 36;
  static final int TIME_LENGTH = 24;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long DAY = 86_400_000L;

  private long cachedDay = Long.MIN_VALUE;
  private final byte[] date = new byte[10];

  /** The lowest {@code digits} hexadecimal digits of a value. */
  static void hex(byte[] to, int at, long value, int digits) {
    long left = value;
    for (int i = at + digits - 1; i >= at; i--) {
      to[i] = HEX[(int) (left & 0xf)];
      left >>>= 4;
    }
  }

  /** A UUID of version 4: 36 bytes. */
  static void uuid(byte[] to, int at, long high, long low) {
    long first = (high & 0xffffffffffff0fffL) | 0x4000L;
    long second = (low & 0x3fffffffffffffffL) | 0x8000000000000000L;
    hex(to, at, first >>> 32, 8);
    to[at + 8] = '-';
    hex(to, at + 9, first >>> 16, 4);
    to[at + 13] = '-';
    hex(to, at + 14, first, 4);
    to[at + 18] = '-';
    hex(to, at + 19, second >>> 48, 4);
    to[at + 23] = '-';
    hex(to, at + 24, second, 12);
  }

  /** The lowest {@code digits} decimal digits of a value that is not negative. */
  static void decimal(byte[] to, int at, long value, int digits) {
    long left = value;
    for (int i = at + digits - 1; i >= at; i--) {
      to[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** An instant as {@code 2026-11-01T12:30:00.123Z}: 24 bytes. */
  void time(byte[] to, int at, long epochMillis) {
    long day = Math.floorDiv(epochMillis, DAY);
    if (day != cachedDay) {
      LocalDate local = LocalDate.ofEpochDay(day);
      decimal(date, 0, local.getYear(), 4);
      date[4] = '-';
      decimal(date, 5, local.getMonthValue(), 2);
      date[7] = '-';
      decimal(date, 8, local.getDayOfMonth(), 2);
      cachedDay = day;
    }
    System.arraycopy(date, 0, to, at, date.length);
    long millis = epochMillis - day * DAY;
    to[at + 10] = 'T';
    decimal(to, at + 11, millis / 3_600_000, 2);
    to[at + 13] = ':';
    decimal(to, at + 14, millis / 60_000 % 60, 2);
    to[at + 16] = ':';
    decimal(to, at + 17, millis / 1_000 % 60, 2);
    to[at + 19] = '.';
    decimal(to, at + 20, millis % 1_000, 3);
    to[at + 23] = 'Z';
  }
}
