package dev.tributary.schemas.contract;

/** Column names of {@code identity.models}: models that score evidence of identity. */
public final class IdentityModelColumns {
  public static final String TABLE = "identity.models";

  public static final String VERSION = "version";
  public static final String NAME = "name";
  public static final String KIND = "kind";
  public static final String CREATED = "created";
  public static final String PARAMETERS = "parameters";
  public static final String FINGERPRINT = "fingerprint";
  public static final String ACTIVE = "active";

  private IdentityModelColumns() {}
}
