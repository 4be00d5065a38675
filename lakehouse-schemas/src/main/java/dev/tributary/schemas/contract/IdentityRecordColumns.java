package dev.tributary.schemas.contract;

/** Column names of {@code identity.records}: records as a model scored them. */
public final class IdentityRecordColumns {
  public static final String TABLE = "identity.records";

  public static final String MODEL_VERSION = "model_version";
  public static final String IDENTIFIER_TYPE = "identifier_type";
  public static final String IDENTIFIER_VALUE = "identifier_value";
  public static final String ATTRIBUTES = "attributes";
  public static final String BLOCKING_KEYS = "blocking_keys";
  public static final String SINCE = "since";
  public static final String CONSENT = "consent";

  private IdentityRecordColumns() {}
}
