package dev.tributary.schemas.contract;

/** Column names of {@code identity.traces}: what a behaviour model compares. */
public final class IdentityTraceColumns {
  public static final String TABLE = "identity.traces";

  public static final String MODEL_NAME = "model_name";
  public static final String DEVICE = "device";
  public static final String KIND = "kind";
  public static final String VALUE = "value";
  public static final String OBSERVATIONS = "observations";

  private IdentityTraceColumns() {}
}
