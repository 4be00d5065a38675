package dev.tributary.schemas.contract;

/**
 * Column names of {@code bronze.rejected}: records that were refused, as they came, with the
 * reason; replayable after a fix.
 */
public final class RejectedColumns {
  public static final String TABLE = "bronze.rejected";

  public static final String LANDED_FROM = "landed_from";
  public static final String LANDED_PARTITION = "landed_partition";
  public static final String LANDED_OFFSET = "landed_offset";
  public static final String LANDED_INDEX = "landed_index";
  public static final String RECEIVED_AT = "received_at";
  public static final String REJECTED_AT = "rejected_at";
  public static final String REASON = "reason";
  public static final String POINTER = "pointer";
  public static final String DETAIL = "detail";
  public static final String SCHEMA = "schema";
  public static final String MESSAGE_ID = "message_id";
  public static final String EVENT = "event";
  public static final String RAW = "raw";
  public static final String HEADERS = "headers";
  public static final String REPLAYED_AT = "replayed_at";
  public static final String REJECTED_DATE = "rejected_date";

  private RejectedColumns() {}
}
