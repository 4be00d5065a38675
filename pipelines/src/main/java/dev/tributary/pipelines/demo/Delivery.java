package dev.tributary.pipelines.demo;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One record for a topic, and what is known of it. Arrays are handed over, not copied: who receives
 * a delivery does not write to them.
 *
 * @param kind what landing should make of it
 * @param label the event's name, or for a broken one the name of its {@link BrokenKind}
 * @param key the Kafka key: the person or the device
 * @param value the event in its wire form; null is a tombstone
 * @param headers Kafka headers, those of CloudEvents in binary mode
 * @param occurredAt when it truly happened, whatever the device's clock said
 * @param receivedAt when the collector took it; the timestamp of the Kafka record
 * @param partitionShift how many partitions further than its key says it is to go: 0, or 1 for a
 *     copy that comes over another partition
 */
public record Delivery(
    Kind kind,
    String label,
    byte[] key,
    byte[] value,
    Map<String, String> headers,
    Instant occurredAt,
    Instant receivedAt,
    int partitionShift) {

  /** What a delivery is to landing. */
  public enum Kind {
    /** The first delivery of a valid event. */
    ORIGINAL,
    /** The same bytes again, with the same key. */
    DUPLICATE,
    /** The same bytes again, over another partition. */
    CROSS_PARTITION_COPY,
    /** Not a valid event. */
    BROKEN
  }

  public Delivery {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(receivedAt, "receivedAt");
    headers = Map.copyOf(headers);
    if (partitionShift < 0 || partitionShift > 1) {
      throw new IllegalArgumentException("partitionShift must be 0 or 1, is " + partitionShift);
    }
  }

  /** This delivery once more, at a later time. */
  Delivery again(Kind copy, Instant later) {
    int shift = copy == Kind.CROSS_PARTITION_COPY ? 1 : 0;
    return new Delivery(copy, label, key, value, headers, occurredAt, later, shift);
  }
}
