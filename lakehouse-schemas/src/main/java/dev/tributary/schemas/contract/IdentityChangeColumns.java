package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.changes}: every merge, split, reassignment and retirement of
 * profiles, with its cause; creations are in identity.profile_versions.
 */
public final class IdentityChangeColumns {
  public static final String TABLE = "identity.changes";

  public static final String GRAPH = "graph";
  public static final String KIND = "kind";
  public static final String PROFILE_ID = "profile_id";
  public static final String OTHER_ID = "other_id";
  public static final String MOVED = "moved";
  public static final String IDENTIFIERS = "identifiers";
  public static final String CAUSE = "cause";
  public static final String AT = "at";
  public static final String BATCH = "batch";

  private IdentityChangeColumns() {}
}
