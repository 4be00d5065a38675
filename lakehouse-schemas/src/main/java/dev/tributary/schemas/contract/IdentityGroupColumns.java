package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.groups}: connected groups that were joined to others; the newest
 * row of a group counts.
 */
public final class IdentityGroupColumns {
  public static final String TABLE = "identity.groups";

  public static final String GROUP_ID = "group_id";
  public static final String ROOT = "root";
  public static final String BATCH = "batch";

  private IdentityGroupColumns() {}
}
