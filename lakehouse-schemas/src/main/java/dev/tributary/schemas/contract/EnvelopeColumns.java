package dev.tributary.schemas.contract;

import java.util.List;

/**
 * Names of the columns that every typed event table carries around the properties of its event. The
 * order of {@link #LEADING} comes first in a new table, then the property columns, then {@link
 * #TRAILING}. Types and descriptions are in the contract {@code silver.event}.
 */
public final class EnvelopeColumns {
  public static final String MESSAGE_ID = "message_id";
  public static final String EVENT_TIME = "event_time";
  public static final String RECEIVED_AT = "received_at";
  public static final String ORIGINAL_TIMESTAMP = "original_timestamp";
  public static final String SENT_AT = "sent_at";
  public static final String ANONYMOUS_ID = "anonymous_id";
  public static final String USER_ID = "user_id";
  public static final String TYPE = "type";
  public static final String EVENT = "event";
  public static final String SOURCE = "source";
  public static final String SCHEMA_VERSION = "schema_version";
  public static final String ADDITIONAL_PROPERTIES = "additional_properties";
  public static final String CONTEXT = "context";
  public static final String LANDED_FROM = "landed_from";
  public static final String LANDED_PARTITION = "landed_partition";
  public static final String LANDED_OFFSET = "landed_offset";
  public static final String LANDED_INDEX = "landed_index";
  public static final String EVENT_DATE = "event_date";

  /** Columns before the properties, in table order. */
  public static final List<String> LEADING =
      List.of(
          MESSAGE_ID,
          EVENT_TIME,
          RECEIVED_AT,
          ORIGINAL_TIMESTAMP,
          SENT_AT,
          ANONYMOUS_ID,
          USER_ID,
          TYPE,
          EVENT,
          SOURCE,
          SCHEMA_VERSION);

  /** Columns after the properties, in table order. */
  public static final List<String> TRAILING =
      List.of(
          ADDITIONAL_PROPERTIES,
          CONTEXT,
          LANDED_FROM,
          LANDED_PARTITION,
          LANDED_OFFSET,
          LANDED_INDEX,
          EVENT_DATE);

  private EnvelopeColumns() {}
}
