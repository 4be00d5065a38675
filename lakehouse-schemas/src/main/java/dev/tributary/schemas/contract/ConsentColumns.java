package dev.tributary.schemas.contract;

/** Column names of {@code governance.consent}: what data subjects agreed to and withdrew; facts. */
public final class ConsentColumns {
  public static final String TABLE = "governance.consent";

  public static final String CONSENT_ID = "consent_id";
  public static final String SUBJECT = "subject";
  public static final String PURPOSE = "purpose";
  public static final String STATUS = "status";
  public static final String AT = "at";

  private ConsentColumns() {}
}
