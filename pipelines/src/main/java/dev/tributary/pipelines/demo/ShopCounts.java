package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.demo.Delivery.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts deliveries as they are handed out. */
final class ShopCounts {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] MESSAGE_ID = "\"messageId\"".getBytes(StandardCharsets.UTF_8);
  private static final String ORDER = "Order Completed";

  private final long[] byKind = new long[Kind.values().length];
  private final Map<String, Long> byEvent = new TreeMap<>();
  private final Map<BrokenKind, Long> brokenByKind = new EnumMap<>(BrokenKind.class);
  private final Map<String, BigDecimal> orderTotals = new TreeMap<>();
  private long withoutMessageId;
  private long versionedOrders;

  void add(Delivery delivery) {
    byKind[delivery.kind().ordinal()]++;
    if (delivery.kind() == Kind.ORIGINAL) {
      addOriginal(delivery);
    } else if (delivery.kind() == Kind.BROKEN) {
      brokenByKind.merge(BrokenKind.valueOf(delivery.label()), 1L, Long::sum);
    }
  }

  private void addOriginal(Delivery delivery) {
    byEvent.merge(delivery.label(), 1L, Long::sum);
    boolean cloudEvent = delivery.label().equals(BackOffice.PURCHASE_TYPE);
    if (!cloudEvent && !contains(delivery.value(), MESSAGE_ID)) {
      withoutMessageId++;
    }
    if (delivery.label().equals(ORDER)) {
      addOrder(delivery.value());
    }
  }

  private void addOrder(byte[] value) {
    try {
      JsonNode event = JSON.readTree(value);
      JsonNode order = event.get("properties");
      String currency = order.get("currency").textValue();
      orderTotals.merge(currency, order.get("total").decimalValue(), BigDecimal::add);
      String schema = event.at("/context/protocols/schema").textValue();
      if (schema.equals(Checkout.NEW_ORDER_SCHEMA)) {
        versionedOrders++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ShopTruth truth() {
    long produced = 0;
    for (long count : byKind) {
      produced += count;
    }
    return new ShopTruth(
        produced,
        byKind[Kind.ORIGINAL.ordinal()],
        byKind[Kind.DUPLICATE.ordinal()],
        byKind[Kind.CROSS_PARTITION_COPY.ordinal()],
        byKind[Kind.BROKEN.ordinal()],
        withoutMessageId,
        byEvent,
        brokenByKind,
        orderTotals,
        versionedOrders);
  }

  /** Whether {@code part} is in the first 200 bytes, where an id is. */
  private static boolean contains(byte[] bytes, byte[] part) {
    int end = Math.min(bytes.length, 200);
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1)
        .contains(new String(part, StandardCharsets.ISO_8859_1));
  }
}
