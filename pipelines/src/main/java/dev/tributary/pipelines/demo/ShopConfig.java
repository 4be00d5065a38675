package dev.tributary.pipelines.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What shop to make. Equal configurations make equal events, byte for byte.
 *
 * @param seed of everything random
 * @param events how many different valid events, within 5 % of this; at least 1,000
 * @param people how many persons the shop knows of, at least 10
 * @param start when the shop opens
 * @param duration how long it is watched, at least a day; half-way the schema of {@code Order
 *     Completed} gains a version
 */
public record ShopConfig(long seed, long events, int people, Instant start, Duration duration) {

  private static final Instant OPENING = Instant.parse("2026-10-01T00:00:00Z");
  private static final int EVENTS_PER_PERSON = 40;

  /** The demo's: about 100,000 events of 2,500 persons in two weeks. */
  public static final ShopConfig DEMO = demo(100_000);

  public ShopConfig {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(duration, "duration");
    if (events < 1_000) {
      throw new IllegalArgumentException("events must be 1000 or more, is " + events);
    }
    if (people < 10) {
      throw new IllegalArgumentException("people must be 10 or more, is " + people);
    }
    if (duration.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("duration must be a day or more, is " + duration);
    }
  }

  /** The demo's shop in another size. */
  public static ShopConfig demo(long events) {
    return of(42, events, Duration.ofDays(14));
  }

  /** A shop of 30 days with a person for 40 events. */
  public static ShopConfig ofSize(long seed, long events) {
    return of(seed, events, Duration.ofDays(30));
  }

  /** A shop of October 2026 with a person for 40 events. */
  public static ShopConfig of(long seed, long events, Duration duration) {
    int people = (int) Math.max(10, Math.min(events / EVENTS_PER_PERSON, 50_000_000));
    return new ShopConfig(seed, events, people, OPENING, duration);
  }

  /** From here on orders carry the newer schema version. */
  public Instant halfWay() {
    return start.plus(duration.dividedBy(2));
  }

  /**
   * When the shop is no longer watched; refunds and late deliveries come up to eight days after.
   */
  public Instant end() {
    return start.plus(duration);
  }
}
