package dev.tributary.pipelines.landing;

import dev.tributary.schemas.types.Rfc3339;
import java.time.DateTimeException;

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
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    long micros = Rfc3339.micros(iso);
    if (micros != Rfc3339.INVALID) {
      return micros;
    }
    if (!text.isEmpty()
        && text.length() <= 15
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return fromMillis(Long.parseLong(text));
    }
    throw new DateTimeException("'" + text + "'");
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
}
