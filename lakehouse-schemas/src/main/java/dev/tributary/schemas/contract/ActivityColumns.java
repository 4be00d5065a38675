package dev.tributary.schemas.contract;

/**
 * Column names of {@code silver.activity}: the timeline: one narrow row for each accepted event, of
 * every type.
 */
public final class ActivityColumns {
  public static final String TABLE = "silver.activity";

  public static final String MESSAGE_ID = "message_id";
  public static final String EVENT_TIME = "event_time";
  public static final String RECEIVED_AT = "received_at";
  public static final String TYPE = "type";
  public static final String EVENT = "event";
  public static final String TABLE_NAME = "table_name";
  public static final String SCHEMA_VERSION = "schema_version";
  public static final String SOURCE = "source";
  public static final String ANONYMOUS_ID = "anonymous_id";
  public static final String USER_ID = "user_id";
  public static final String GROUP_ID = "group_id";
  public static final String PREVIOUS_ID = "previous_id";
  public static final String SESSION_ID = "session_id";
  public static final String IP = "ip";
  public static final String CONTEXT_PAGE_PATH = "context_page_path";
  public static final String LANDED_FROM = "landed_from";
  public static final String LANDED_PARTITION = "landed_partition";
  public static final String LANDED_OFFSET = "landed_offset";
  public static final String LANDED_INDEX = "landed_index";
  public static final String LANDED_AT = "landed_at";
  public static final String MESSAGE_ID_DERIVED = "message_id_derived";
  public static final String EVENT_DATE = "event_date";

  private ActivityColumns() {}
}
