package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.drops}: edges that resolution took out of the graph and put back;
 * the newest row of an edge counts, the view identity.dropped shows those that are out.
 */
public final class IdentityDropColumns {
  public static final String TABLE = "identity.drops";

  public static final String GRAPH = "graph";
  public static final String GROUP_ID = "group_id";
  public static final String SRC = "src";
  public static final String DST = "dst";
  public static final String RULE = "rule";
  public static final String SOURCE = "source";
  public static final String CONSENT = "consent";
  public static final String LEFT_TYPE = "left_type";
  public static final String LEFT_VALUE = "left_value";
  public static final String RIGHT_TYPE = "right_type";
  public static final String RIGHT_VALUE = "right_value";
  public static final String REASON = "reason";
  public static final String DETAIL = "detail";
  public static final String DROPPED = "dropped";
  public static final String AT = "at";
  public static final String BATCH = "batch";

  private IdentityDropColumns() {}
}
