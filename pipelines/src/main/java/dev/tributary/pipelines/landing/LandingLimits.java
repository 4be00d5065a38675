package dev.tributary.pipelines.landing;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * What an input may be at most.
 *
 * @param maxRecordBytes bytes of one record
 * @param earliest the earliest corrected event time that is believed
 * @param ahead how far after its receipt an event may lie
 */
record LandingLimits(int maxRecordBytes, Instant earliest, Duration ahead) implements Serializable {
  LandingLimits {
    if (maxRecordBytes < 1 || maxRecordBytes > 512 << 20) {
      throw new IllegalArgumentException(
          "max-record-bytes is between 1 and " + (512 << 20) + ", not " + maxRecordBytes);
    }
    if (ahead.isNegative()) {
      throw new IllegalArgumentException("max-ahead is not negative: " + ahead);
    }
  }

  void checkTime(long eventTime, long receivedAt) throws RejectedEvent {
    if (eventTime < earliest.getEpochSecond() * 1_000_000
        || eventTime > receivedAt + ahead.toMillis() * 1000) {
      throw new RejectedEvent(
          RejectReason.TIMESTAMP_OUT_OF_RANGE,
          "/timestamp",
          "the corrected event time "
              + Instant.ofEpochMilli(Math.floorDiv(eventTime, 1000))
              + " is before "
              + earliest
              + " or more than "
              + ahead
              + " after its receipt");
    }
  }
}
