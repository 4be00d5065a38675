package dev.tributary.schemas.compatibility;

/**
 * What a new version of a schema means for data written under the one before it, the mildest first.
 * See <a
 * href="https://docs.snowplow.io/docs/api-reference/iglu/common-architecture/schemaver/">SchemaVer</a>.
 */
public enum Label {
  /** All historical data are valid under the new version. */
  ADDITION,
  /** Some historical data may not be valid under the new version. */
  REVISION,
  /** No historical data are valid under the new version. */
  MODEL
}
