package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.demo.Delivery.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The way from a device to the topic, with what goes wrong on it: 1 % of the events are delivered
 * twice, 0.02 % over another partition, and for 0.3 % a broken one comes along.
 */
final class Outbox {

  private static final double DUPLICATES = 0.01;
  private static final double CROSS_COPIES = 0.0002;
  private static final double BROKEN = 0.003;
  private static final BrokenKind[] BROKEN_KINDS = BrokenKind.values();

  private final Consumer<Delivery> queue;

  Outbox(Consumer<Delivery> queue) {
    this.queue = queue;
  }

  /**
   * Delivers a valid event.
   *
   * @param sent when it truly left; it is received 20–800 ms later
   */
  void deliver(
      Chance chance,
      String label,
      String key,
      byte[] value,
      Map<String, String> headers,
      Instant occurred,
      Instant sent) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    Instant received = sent.plusMillis(chance.between(20, 800));
    Delivery delivery =
        new Delivery(Kind.ORIGINAL, label, keyBytes, value, headers, occurred, received, 0);
    queue.accept(delivery);
    if (chance.happens(DUPLICATES)) {
      queue.accept(delivery.again(Kind.DUPLICATE, retryTime(chance, received)));
    }
    if (chance.happens(CROSS_COPIES)) {
      queue.accept(delivery.again(Kind.CROSS_PARTITION_COPY, retryTime(chance, received)));
    }
    if (chance.happens(BROKEN)) {
      BrokenKind kind = BROKEN_KINDS[chance.between(0, BROKEN_KINDS.length - 1)];
      byte[] broken = BrokenEvents.make(kind, chance, key, occurred, sent);
      queue.accept(
          new Delivery(
              Kind.BROKEN, kind.name(), keyBytes, broken, Map.of(), occurred, received, 0));
    }
  }

  /** Most retries come within ten minutes, one in twenty within a day. */
  private static Instant retryTime(Chance chance, Instant received) {
    Duration longest = chance.happens(0.05) ? Duration.ofDays(1) : Duration.ofMinutes(10);
    return received.plusMillis(chance.between(1_000, longest.toMillis()));
  }
}
