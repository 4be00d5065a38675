package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.edges}: evidence that two identifiers belong together, as each
 * batch added it; sums over a pair are its edge.
 */
public final class IdentityEdgeColumns {
  public static final String TABLE = "identity.edges";

  public static final String GRAPH = "graph";
  public static final String GROUP_ID = "group_id";
  public static final String SRC = "src";
  public static final String DST = "dst";
  public static final String SRC_TYPE = "src_type";
  public static final String DST_TYPE = "dst_type";
  public static final String RULE = "rule";
  public static final String CONFIDENCE = "confidence";
  public static final String FIRST_SEEN = "first_seen";
  public static final String LAST_SEEN = "last_seen";
  public static final String OBSERVATIONS = "observations";
  public static final String SOURCE = "source";
  public static final String CONSENT = "consent";
  public static final String UNUSED = "unused";
  public static final String REPLACES = "replaces";
  public static final String BATCH = "batch";

  private IdentityEdgeColumns() {}
}
