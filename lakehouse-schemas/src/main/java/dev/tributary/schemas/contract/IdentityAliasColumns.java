package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.aliases}: profile ids that are no more and the id they go by now;
 * the newest row of an id counts.
 */
public final class IdentityAliasColumns {
  public static final String TABLE = "identity.aliases";

  public static final String GRAPH = "graph";
  public static final String OLD_ID = "old_id";
  public static final String NEW_ID = "new_id";
  public static final String AT = "at";
  public static final String BATCH = "batch";

  private IdentityAliasColumns() {}
}
