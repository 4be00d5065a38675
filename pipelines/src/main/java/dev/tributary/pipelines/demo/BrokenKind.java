package dev.tributary.pipelines.demo;

/** In what way a delivery of the shop is not a valid event. */
public enum BrokenKind {
  /** The JSON text ends in the middle. */
  TRUNCATED_JSON,
  /** A gateway's error page instead of JSON. */
  NOT_JSON,
  /** Valid JSON, but a string: an event that was encoded twice. */
  NOT_AN_OBJECT,
  /** No byte at all. */
  EMPTY,
  /** A Kafka record without a value. */
  TOMBSTONE,
  /** A byte sequence that is not UTF-8 inside a string. */
  INVALID_UTF8,
  /** A call type the Segment spec does not have. */
  UNKNOWN_TYPE,
  /** An event name that the tracking plan does not have. */
  UNKNOWN_EVENT,
  /** A schema named in the event that the registry does not have. */
  UNKNOWN_SCHEMA,
  /** A property of another type than the schema says. */
  WRONG_TYPE,
  /** A required property is missing. */
  MISSING_REQUIRED,
  /** A number outside the schema's range. */
  OUT_OF_RANGE,
  /** A value that the schema's enum does not have. */
  NOT_IN_ENUM
}
