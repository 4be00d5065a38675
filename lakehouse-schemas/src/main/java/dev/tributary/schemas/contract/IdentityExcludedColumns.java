package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.excluded}: identifiers that stand for nobody: blocked values and
 * hubs.
 */
public final class IdentityExcludedColumns {
  public static final String TABLE = "identity.excluded";

  public static final String GRAPH = "graph";
  public static final String NODE = "node";
  public static final String IDENTIFIER_TYPE = "identifier_type";
  public static final String IDENTIFIER_VALUE = "identifier_value";
  public static final String REASON = "reason";
  public static final String DETAIL = "detail";
  public static final String AT = "at";
  public static final String BATCH = "batch";

  private IdentityExcludedColumns() {}
}
