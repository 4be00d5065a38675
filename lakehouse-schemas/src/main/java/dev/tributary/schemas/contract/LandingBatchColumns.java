package dev.tributary.schemas.contract;

/**
 * Column names of {@code ops.landing_batches}: micro-batches of landing: which offsets became how
 * many rows.
 */
public final class LandingBatchColumns {
  public static final String TABLE = "ops.landing_batches";

  public static final String APPLICATION = "application";
  public static final String BATCH = "batch";
  public static final String LANDED_FROM = "landed_from";
  public static final String PARTITION = "partition";
  public static final String TOPIC_ID = "topic_id";
  public static final String FROM_OFFSET = "from_offset";
  public static final String UNTIL_OFFSET = "until_offset";
  public static final String RECORDS = "records";
  public static final String EVENTS = "events";
  public static final String ACCEPTED = "accepted";
  public static final String REJECTED = "rejected";
  public static final String DUPLICATES = "duplicates";
  public static final String KIND = "kind";
  public static final String REGISTRY_FINGERPRINT = "registry_fingerprint";
  public static final String COMMITTED_AT = "committed_at";

  private LandingBatchColumns() {}
}
