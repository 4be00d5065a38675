package dev.tributary.pipelines.demo;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What the shop has handed out so far; for checking what was landed of it.
 *
 * @param produced all deliveries; the sum of the next four
 * @param uniqueValid different valid events: what the typed tables must hold after the repair step
 * @param duplicates copies with the same key, and so over the same partition
 * @param crossPartitionCopies copies over another partition
 * @param broken deliveries that are not valid events
 * @param withoutMessageId of the different valid events, those whose id must be derived
 * @param uniqueByEvent different valid events by their name
 * @param brokenByKind broken deliveries by their kind
 * @param orderTotals sum of {@code total} over the different {@code Order Completed} events, by
 *     currency
 * @param versionedOrders {@code Order Completed} events of schema 1-0-1
 */
public record ShopTruth(
    long produced,
    long uniqueValid,
    long duplicates,
    long crossPartitionCopies,
    long broken,
    long withoutMessageId,
    Map<String, Long> uniqueByEvent,
    Map<BrokenKind, Long> brokenByKind,
    Map<String, BigDecimal> orderTotals,
    long versionedOrders) {

  public ShopTruth {
    uniqueByEvent = Map.copyOf(uniqueByEvent);
    brokenByKind = Map.copyOf(brokenByKind);
    orderTotals = Map.copyOf(orderTotals);
    if (produced != uniqueValid + duplicates + crossPartitionCopies + broken) {
      throw new IllegalArgumentException(
          "produced %d is not %d + %d + %d + %d"
              .formatted(produced, uniqueValid, duplicates, crossPartitionCopies, broken));
    }
  }
}
