package dev.tributary.pipelines.landing;

import java.util.Map;

/**
 * One input record as it came: bytes and where they stood. Reused by the reader of a partition, so
 * nothing may keep a reference beyond the record; the byte array itself is never written again.
 */
final class RawRecord {
  /** Header of a row that its mapping has refused already; its value says why. */
  static final String REFUSED = "tributary-refused";

  /** Topic or file URI. */
  String landedFrom;

  /** Kafka partition; 0 for files. */
  int partition;

  /** Kafka offset, or the 1-based number of the record in its file. */
  long offset;

  /** Place of the event within its record; above 0 only where a replay reads one member. */
  int index;

  /** The log's time of the record (for files: of the file), microseconds since the epoch. */
  long timeMicros;

  /** Whether that time is when the event was received, not merely when its file was written. */
  boolean timeIsReceipt = true;

  /** The record's bytes; null for a Kafka tombstone. */
  byte[] value;

  /** Kafka headers by lower-case name; empty where there are none. */
  Map<String, byte[]> headers = Map.of();
}
