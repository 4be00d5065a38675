package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.decisions}: what persons decided of two identifiers; facts that
 * survive every run.
 */
public final class IdentityDecisionColumns {
  public static final String TABLE = "identity.decisions";

  public static final String DECISION_ID = "decision_id";
  public static final String GRAPH = "graph";
  public static final String KIND = "kind";
  public static final String LEFT_TYPE = "left_type";
  public static final String LEFT_VALUE = "left_value";
  public static final String RIGHT_TYPE = "right_type";
  public static final String RIGHT_VALUE = "right_value";
  public static final String AUTHOR = "author";
  public static final String REASON = "reason";
  public static final String AT = "at";

  private IdentityDecisionColumns() {}
}
