package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.batches}: runs of the job identity: which versions of which
 * tables each has read.
 */
public final class IdentityBatchColumns {
  public static final String TABLE = "identity.batches";

  public static final String BATCH = "batch";
  public static final String SOURCE_TABLE = "source_table";
  public static final String FROM_VERSION = "from_version";
  public static final String UNTIL_VERSION = "until_version";
  public static final String MODE = "mode";
  public static final String RULES = "rules";
  public static final String AT = "at";

  private IdentityBatchColumns() {}
}
