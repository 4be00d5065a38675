package dev.tributary.pipelines.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.pipelines.demo.Delivery.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShopTest {

  private static final ShopConfig SMALL = ShopConfig.ofSize(7, 20_000);

  @Test
  void equalConfigurationsGiveEqualDeliveries() throws Exception {
    assertThat(digest(SMALL)).isEqualTo(digest(SMALL));
    assertThat(digest(SMALL)).isNotEqualTo(digest(ShopConfig.ofSize(8, 20_000)));
  }

  @Test
  void theDemosShopIsOfTheSizeAndTheMixItPromises() {
    Shop shop = new Shop(ShopConfig.DEMO);
    long start = System.nanoTime();
    long bytes = 0;
    while (shop.hasNext()) {
      byte[] value = shop.next().value();
      bytes += value == null ? 0 : value.length;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    ShopTruth truth = shop.truth();
    System.out.printf("%s%n%d bytes an event, %.1f s%n", truth, bytes / truth.produced(), seconds);
    double valid = truth.uniqueValid();
    assertThat(valid).isCloseTo(100_000, within(5_000.0));
    assertThat(truth.duplicates() / valid).isCloseTo(0.01, within(0.001));
    assertThat(truth.broken() / valid).isCloseTo(0.003, within(0.0005));
    assertThat(truth.crossPartitionCopies()).isBetween(5L, 60L);
    assertThat(truth.brokenByKind()).containsOnlyKeys(BrokenKind.values());
    assertThat(truth.uniqueByEvent()).hasSize(14);
    double orders = truth.uniqueByEvent().get("Order Completed");
    assertThat(truth.versionedOrders() / orders).isCloseTo(0.5, within(0.05));
    assertThat(truth.orderTotals()).containsOnlyKeys("EUR", "GBP", "USD");
    assertThat(bytes / truth.produced()).isBetween(400L, 700L);
  }

  @Test
  void deliveriesComeInOrderOfReceiptAndEventsDoNot() {
    Shop shop = new Shop(SMALL);
    Instant received = Instant.MIN;
    Instant occurred = Instant.MIN;
    int outOfOrder = 0;
    int daysLate = 0;
    while (shop.hasNext()) {
      Delivery delivery = shop.next();
      assertThat(delivery.receivedAt()).isAfterOrEqualTo(received);
      assertThat(delivery.occurredAt()).isBefore(delivery.receivedAt());
      received = delivery.receivedAt();
      outOfOrder += delivery.occurredAt().isBefore(occurred) ? 1 : 0;
      Duration late = Duration.between(delivery.occurredAt(), received);
      daysLate += late.toDays() >= 1 ? 1 : 0;
      occurred = delivery.occurredAt();
    }
    assertThat(outOfOrder).isGreaterThan(500);
    assertThat(daysLate).isGreaterThan(20);
  }

  @Test
  void duplicatesRepeatKeyAndBytesOfAnEventDeliveredBefore() {
    Shop shop = new Shop(SMALL);
    Set<ByteBuffer> delivered = new HashSet<>();
    while (shop.hasNext()) {
      Delivery delivery = shop.next();
      if (delivery.kind() == Kind.ORIGINAL) {
        assertThat(delivered.add(identity(delivery))).isTrue();
      } else if (delivery.kind() != Kind.BROKEN) {
        assertThat(delivered).contains(identity(delivery));
        assertThat(delivery.partitionShift()).isEqualTo(delivery.kind() == Kind.DUPLICATE ? 0 : 1);
      }
    }
  }

  @Test
  void noTwoPeopleShareAnIdentifier() {
    Set<String> identifiers = new HashSet<>();
    new Shop(SMALL)
        .people()
        .forEach(
            person -> {
              person.devices().forEach(d -> assertThat(identifiers.add(d.anonymousId())).isTrue());
              person.emails().forEach(email -> assertThat(identifiers.add(email)).isTrue());
              person.userIds().forEach(id -> assertThat(identifiers.add(id)).isTrue());
              assertThat(identifiers.add(person.phone())).isTrue();
              assertThat(identifiers.add(person.cardToken())).isTrue();
              assertThat(identifiers.add(person.contactId())).isTrue();
            });
    assertThat(identifiers).hasSizeGreaterThan(SMALL.people() * 5);
  }

  /** CloudEvents in binary mode have their id in the headers. */
  private static ByteBuffer identity(Delivery delivery) {
    String text =
        new String(delivery.key(), StandardCharsets.UTF_8)
            + delivery.headers().get("ce_id")
            + new String(delivery.value(), StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(ShopConfig config) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Shop shop = new Shop(config);
    while (shop.hasNext()) {
      Delivery delivery = shop.next();
      digest.update(delivery.key());
      digest.update(delivery.receivedAt().toString().getBytes(StandardCharsets.UTF_8));
      String headers = new TreeMap<>(delivery.headers()).toString();
      digest.update(headers.getBytes(StandardCharsets.UTF_8));
      if (delivery.value() != null) {
        digest.update(delivery.value());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
