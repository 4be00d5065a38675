package dev.tributary.schemas.contract;

/**
 * Column names of {@code bronze.duplicates}: copies of events that the repair step removed, each
 * with the copy that was kept.
 */
public final class DuplicateColumns {
  public static final String TABLE = "bronze.duplicates";

  public static final String MESSAGE_ID = "message_id";
  public static final String LANDED_FROM = "landed_from";
  public static final String LANDED_PARTITION = "landed_partition";
  public static final String LANDED_OFFSET = "landed_offset";
  public static final String LANDED_INDEX = "landed_index";
  public static final String LANDED_AT = "landed_at";
  public static final String KEPT_FROM = "kept_from";
  public static final String KEPT_PARTITION = "kept_partition";
  public static final String KEPT_OFFSET = "kept_offset";
  public static final String KEPT_INDEX = "kept_index";
  public static final String REMOVED_AT = "removed_at";
  public static final String TABLE_NAME = "table_name";
  public static final String REASON = "reason";

  private DuplicateColumns() {}
}
