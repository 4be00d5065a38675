package dev.tributary.pipelines.landing;

import java.io.Serializable;

/**
 * What one batch did with one log partition or file. {@code events = accepted + rejected +
 * duplicates}; a record is one event, or as many as its batch holds.
 */
final class PartitionCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  String landedFrom;
  int partition;
  long fromOffset = Long.MAX_VALUE;
  long untilOffset = Long.MIN_VALUE;
  long records;
  long events;
  long accepted;
  long rejected;
  long duplicates;
  long maxTimeMicros = Long.MIN_VALUE;

  /** Rejected events by the ordinal of their {@link RejectReason}. */
  final long[] reasons = new long[RejectReason.values().length];

  PartitionCounts() {}

  PartitionCounts(String landedFrom, int partition) {
    this.landedFrom = landedFrom;
    this.partition = partition;
  }

  /** A record that an earlier stream has landed already, told by its offset. */
  void redelivered(RawRecord record) {
    saw(record);
    events++;
    duplicates++;
  }

  void saw(RawRecord record) {
    records++;
    fromOffset = Math.min(fromOffset, record.offset);
    untilOffset = Math.max(untilOffset, record.offset + 1);
    maxTimeMicros = Math.max(maxTimeMicros, record.timeMicros);
  }

  /** The sum of two shares of one partition. */
  PartitionCounts plus(PartitionCounts other) {
    PartitionCounts sum = new PartitionCounts(landedFrom, partition);
    sum.fromOffset = Math.min(fromOffset, other.fromOffset);
    sum.untilOffset = Math.max(untilOffset, other.untilOffset);
    sum.records = records + other.records;
    sum.events = events + other.events;
    sum.accepted = accepted + other.accepted;
    sum.rejected = rejected + other.rejected;
    sum.duplicates = duplicates + other.duplicates;
    for (int i = 0; i < reasons.length; i++) {
      sum.reasons[i] = reasons[i] + other.reasons[i];
    }
    sum.maxTimeMicros = Math.max(maxTimeMicros, other.maxTimeMicros);
    return sum;
  }
}
