package dev.tributary.schemas.contract;

/**
 * Column names of {@code identity.household_members}: which household a profile is of; the newest
 * row of a profile counts.
 */
public final class IdentityHouseholdColumns {
  public static final String TABLE = "identity.household_members";

  public static final String PROFILE_ID = "profile_id";
  public static final String HOUSEHOLD_ID = "household_id";
  public static final String VALID_FROM = "valid_from";
  public static final String BATCH = "batch";

  private IdentityHouseholdColumns() {}
}
