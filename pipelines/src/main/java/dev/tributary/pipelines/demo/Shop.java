package dev.tributary.pipelines.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A seeded shop as a source of deliveries, in the order in which its collector receives them.
 * Browsers and apps, tills, a CRM and a mailing system send Segment calls and CloudEvents; people
 * have several devices and logins; events come late, out of order, twice, by wrong clocks, and
 * broken; half-way {@code Order Completed} gains a schema version.
 *
 * <p>Memory is that of the visits under way and the refunds to come. Equal configurations give
 * equal deliveries.
 */
public final class Shop implements Iterator<Delivery> {

  /** Goes up when equal configurations give other deliveries than before. */
  static final int EDITION = 2;

  /** Measured; makes {@link ShopConfig#events} come out within 5 %. */
  private static final double EVENTS_PER_SESSION = 6.25;

  /** How many of 1,000 sessions begin in each hour of the day, UTC. */
  private static final int[] HOURS = {
    10, 6, 4, 3, 4, 8, 18, 32, 44, 50, 54, 56, 58, 54, 52, 52, 54, 60, 70, 82, 86, 74, 46, 23
  };

  private final ShopConfig config;
  private final People people;
  private final Catalogue catalogue;
  private final Outbox outbox;
  private final BackOffice backOffice;
  private final Habits habits;
  private final ShopCounts counts = new ShopCounts();
  private final PriorityQueue<Queued> queue =
      new PriorityQueue<>(
          Comparator.comparing((Queued queued) -> queued.delivery().receivedAt())
              .thenComparingLong(Queued::number));
  private final long sessions;
  private long nextSession;
  private Instant nextStart;
  private long queued;

  private record Queued(Delivery delivery, long number) {}

  /** A shop before its first event. */
  public Shop(ShopConfig config) {
    this.config = config;
    this.people = new People(config.seed());
    this.catalogue = new Catalogue(config.seed());
    this.habits = new Habits(config.seed(), config.people(), catalogue);
    this.outbox = new Outbox(delivery -> queue.add(new Queued(delivery, queued++)));
    this.backOffice = new BackOffice(catalogue, outbox);
    this.sessions = Math.round(config.events() / EVENTS_PER_SESSION);
    this.nextStart = startOf(0);
  }

  /** What this shop was made of. */
  public ShopConfig config() {
    return config;
  }

  /** All persons and their identifiers; made anew at each call. */
  public Stream<ShopPerson> people() {
    return IntStream.range(0, config.people()).mapToObj(people::person);
  }

  /** What was handed out so far. */
  public ShopTruth truth() {
    return counts.truth();
  }

  /** The share of the shop's time that has passed, 0 to 1. */
  public double progress() {
    return sessions == 0 ? 1 : (double) nextSession / sessions;
  }

  @Override
  public boolean hasNext() {
    while (nextSession < sessions
        && (queue.isEmpty() || !queue.peek().delivery().receivedAt().isBefore(nextStart))) {
      playSession();
    }
    return !queue.isEmpty();
  }

  @Override
  public Delivery next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the shop has handed out all its deliveries");
    }
    Delivery delivery = queue.remove().delivery();
    counts.add(delivery);
    return delivery;
  }

  private void playSession() {
    Chance chance = Chance.of(config.seed(), "session", nextSession);
    ShopPerson person = people.person(chance.between(0, config.people() - 1));
    double x = chance.unit();
    if (x < 0.72) {
      new Visit(chance, person, nextStart, catalogue, outbox, config.halfWay(), habits, nextSession)
          .play();
    } else if (x < 0.82) {
      backOffice.purchase(chance, person, nextStart);
    } else if (x < 0.90) {
      backOffice.contactUpdated(chance, person, nextStart);
    } else {
      backOffice.emailOpened(chance, person, nextStart);
    }
    nextSession++;
    nextStart = startOf(nextSession);
  }

  /** Sessions are spread evenly over the days and by {@link #HOURS} over a day; ascending. */
  private Instant startOf(long session) {
    double share = (session + Chance.of(config.seed(), "start", session).unit()) / sessions;
    double days = share * config.duration().toDays();
    long day = (long) days;
    double left = (days - day) * 1_000;
    int hour = 0;
    while (hour < HOURS.length - 1 && left >= HOURS[hour]) {
      left -= HOURS[hour];
      hour++;
    }
    long millis = (long) ((hour + left / HOURS[hour]) * Duration.ofHours(1).toMillis());
    return config.start().plus(Duration.ofDays(day)).plusMillis(millis);
  }
}
