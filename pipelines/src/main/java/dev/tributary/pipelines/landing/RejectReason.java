package dev.tributary.pipelines.landing;

import java.util.Locale;

/** Why a record or event was refused; the code stands in {@code bronze.rejected.reason}. */
enum RejectReason {
  /** No bytes, or a Kafka tombstone. */
  EMPTY,
  /** More bytes than {@code max-record-bytes}. */
  TOO_LARGE,
  /** Not UTF-8 (RFC 3629), or a JSON escape that names half a surrogate pair. */
  INVALID_UTF8,
  /** Not one JSON text (RFC 8259): truncated, NaN, trailing bytes, binary. */
  MALFORMED_JSON,
  /** A row of a file that cannot be read, or that its mapping fails on. */
  MALFORMED_ROW,
  /** Nested deeper than the limit. */
  NESTED_TOO_DEEP,
  /** One object names a member twice, so that readers would disagree on its value. */
  DUPLICATE_KEY,
  /** A JSON text, but no event of the Segment spec or CloudEvents. */
  INVALID_ENVELOPE,
  /** A time that is not RFC 3339 or an epoch number. */
  INVALID_TIMESTAMP,
  /** The corrected event time lies outside the accepted range. */
  TIMESTAMP_OUT_OF_RANGE,
  /** The tracking plan has no schema for the event's name. */
  UNKNOWN_EVENT,
  /** The event names a schema that the registry does not hold. */
  UNKNOWN_SCHEMA,
  /** The properties break the schema. */
  SCHEMA_VIOLATION,
  /** Valid, but not representable in the column's type (say an integer beyond 64 bits). */
  VALUE_OUT_OF_RANGE;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The code as it stands in the table, e.g. {@code schema_violation}. */
  String code() {
    return code;
  }
}
