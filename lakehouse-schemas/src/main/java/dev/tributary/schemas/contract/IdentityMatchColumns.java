package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.matches}: pairs of identifiers that a probabilistic model found;
 * evidence of the rule model:<version>.
 */
public final class IdentityMatchColumns {
  public static final String TABLE = "identity.matches";

  public static final String GRAPH = "graph";
  public static final String LEFT_TYPE = "left_type";
  public static final String LEFT_VALUE = "left_value";
  public static final String RIGHT_TYPE = "right_type";
  public static final String RIGHT_VALUE = "right_value";
  public static final String CONFIDENCE = "confidence";
  public static final String MODEL_VERSION = "model_version";
  public static final String SOURCE = "source";
  public static final String CONSENT = "consent";
  public static final String MATCHED_AT = "matched_at";

  private IdentityMatchColumns() {}
}
