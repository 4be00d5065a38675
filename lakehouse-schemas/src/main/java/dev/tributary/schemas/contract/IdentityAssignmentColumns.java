package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.assignments}: identifier to profile, one row for each time an
 * assignment began; the view identity.links adds when it ended.
 */
public final class IdentityAssignmentColumns {
  public static final String TABLE = "identity.assignments";

  public static final String GRAPH = "graph";
  public static final String GROUP_ID = "group_id";
  public static final String NODE = "node";
  public static final String IDENTIFIER_TYPE = "identifier_type";
  public static final String IDENTIFIER_VALUE = "identifier_value";
  public static final String FIRST_SEEN = "first_seen";
  public static final String PROFILE_ID = "profile_id";
  public static final String VALID_FROM = "valid_from";
  public static final String VALID_TO = "valid_to";
  public static final String REPLACES = "replaces";
  public static final String BATCH = "batch";

  private IdentityAssignmentColumns() {}
}
