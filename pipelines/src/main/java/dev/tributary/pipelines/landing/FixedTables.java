package dev.tributary.pipelines.landing;

import dev.tributary.schemas.contract.ActivityColumns;
import dev.tributary.schemas.contract.DuplicateColumns;
import dev.tributary.schemas.contract.LandingBatchColumns;
import dev.tributary.schemas.contract.RejectedColumns;
import dev.tributary.schemas.contract.TableContracts;
import java.util.List;
import java.util.Set;

/** The tables that landing writes whatever the schemas are. */
final class FixedTables {
  /** The timeline: one narrow row an event. */
  static final TableLayout ACTIVITY =
      TableLayout.of(
          TableContracts.of(ActivityColumns.TABLE),
          Set.of(
              ActivityColumns.EVENT_TIME,
              ActivityColumns.RECEIVED_AT,
              ActivityColumns.USER_ID,
              ActivityColumns.LANDED_AT,
              ActivityColumns.LANDED_FROM,
              ActivityColumns.LANDED_PARTITION,
              ActivityColumns.LANDED_OFFSET),
          Set.of(
              ActivityColumns.MESSAGE_ID,
              ActivityColumns.EVENT_TIME,
              ActivityColumns.RECEIVED_AT,
              ActivityColumns.LANDED_OFFSET));

  /** What was refused, and why. */
  static final TableLayout REJECTED =
      TableLayout.of(
          TableContracts.of(RejectedColumns.TABLE),
          Set.of(
              RejectedColumns.REJECTED_AT,
              RejectedColumns.REASON,
              RejectedColumns.LANDED_FROM,
              RejectedColumns.LANDED_PARTITION,
              RejectedColumns.LANDED_OFFSET),
          Set.of(RejectedColumns.RAW));

  /** The ledger: what each batch did with each partition. */
  static final TableLayout BATCHES =
      TableLayout.of(
          TableContracts.of(LandingBatchColumns.TABLE),
          Set.of(
              LandingBatchColumns.APPLICATION,
              LandingBatchColumns.BATCH,
              LandingBatchColumns.LANDED_FROM,
              LandingBatchColumns.COMMITTED_AT),
          Set.of());

  /** Copies that the repair removed. */
  static final TableLayout DUPLICATES =
      TableLayout.of(
          TableContracts.of(DuplicateColumns.TABLE),
          Set.of(DuplicateColumns.LANDED_OFFSET, DuplicateColumns.REMOVED_AT),
          Set.of());

  static final List<TableLayout> ALL = List.of(ACTIVITY, REJECTED, BATCHES, DUPLICATES);

  private FixedTables() {}

  /** A row of the timeline. */
  static Object[] activity(
      Envelope e,
      LandingPlan.Target target,
      long eventTime,
      RawRecord record,
      int index,
      Long landedAt) {
    return new Object[] {
      e.messageId,
      eventTime,
      e.receivedAt,
      e.type,
      e.event,
      target.table().shortName(),
      target.version(),
      e.source,
      e.anonymousId,
      e.userId,
      e.groupId,
      e.previousId,
      e.sessionId,
      e.ip,
      e.pagePath,
      record.landedFrom,
      record.partition,
      record.offset,
      index,
      landedAt,
      e.messageIdDerived
    };
  }

  /** A row of the refused. */
  static Object[] rejected(
      Envelope e,
      RejectedEvent refusal,
      RawRecord record,
      int index,
      byte[] raw,
      String headers,
      Long landedAt) {
    return new Object[] {
      record.landedFrom,
      record.partition,
      record.offset,
      index,
      record.timeMicros,
      landedAt,
      refusal.reason().code(),
      refusal.pointer(),
      refusal.getMessage(),
      refusal.schema(),
      e.messageId,
      e.event,
      raw == null ? new byte[0] : raw,
      headers,
      null
    };
  }

  /** A row of the ledger. */
  static Object[] batch(
      String application,
      long batch,
      String kind,
      PartitionCounts c,
      String topicId,
      String fingerprint,
      Long committedAt) {
    return new Object[] {
      application,
      batch,
      c.landedFrom,
      c.partition,
      topicId,
      c.fromOffset,
      c.untilOffset,
      c.records,
      c.events,
      c.accepted,
      c.rejected,
      c.duplicates,
      c.maxTimeMicros,
      kind,
      fingerprint,
      committedAt
    };
  }
}
