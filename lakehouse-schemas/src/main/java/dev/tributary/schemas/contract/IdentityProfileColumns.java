package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.profile_versions}: profiles as they became; the newest row of a
 * profile counts, the view identity.profiles shows it.
 */
public final class IdentityProfileColumns {
  public static final String TABLE = "identity.profile_versions";

  public static final String GRAPH = "graph";
  public static final String PROFILE_ID = "profile_id";
  public static final String GROUP_ID = "group_id";
  public static final String OLDEST_TYPE = "oldest_type";
  public static final String OLDEST_VALUE = "oldest_value";
  public static final String SIZE = "size";
  public static final String CONFIDENCE = "confidence";
  public static final String DENSITY = "density";
  public static final String FIRST_SEEN = "first_seen";
  public static final String VALID_FROM = "valid_from";
  public static final String BATCH = "batch";

  private IdentityProfileColumns() {}
}
