package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a column holds, which decides how two of its values are compared. */
public enum AttributeKind {
  /** First or given names. */
  GIVEN_NAME,
  /** Middle names or initials. */
  MIDDLE_NAME,
  /** Surnames. */
  FAMILY_NAME,
  /** The whole name of a person; also {@code family, given}. */
  FULL_NAME,
  /** The whole name of a person and then an address, which begins with a number, in one value. */
  NAME_AND_ADDRESS,
  /** Several persons' names in one value, such as the authors of a paper. */
  NAME_LIST,
  /** Titles, product and organisation names, descriptions. */
  TEXT,
  /** Street, house number, further lines of an address. */
  ADDRESS,
  /** A day: {@code yyyy-mm-dd}, {@code yyyymmdd}, {@code dd/mm/yyyy}, {@code mm/dd/yyyy}. */
  DATE,
  /** An e-mail address. */
  EMAIL,
  /** A telephone number. */
  PHONE,
  /** A postal code whose beginning names the district. */
  POSTCODE,
  /** Degrees of latitude and longitude: two columns, or {@code latitude,longitude} in one. */
  LOCATION,
  /** One of a limited set of values: place, state, sex, occupation, venue. */
  CATEGORY,
  /** A number or a year. */
  NUMBER,
  /** An identifier given out by somebody: social security, passport, customer number. */
  CODE,
  /** Not compared. */
  IGNORE;

  private static final Map<String, AttributeKind> ALSO =
      Map.ofEntries(
          Map.entry("NAME", FULL_NAME),
          Map.entry("FIRST_NAME", GIVEN_NAME),
          Map.entry("FORENAME", GIVEN_NAME),
          Map.entry("LAST_NAME", FAMILY_NAME),
          Map.entry("SURNAME", FAMILY_NAME),
          Map.entry("NAMES", NAME_LIST),
          Map.entry("AUTHORS", NAME_LIST),
          Map.entry("STRING", TEXT),
          Map.entry("FREE_TEXT", TEXT),
          Map.entry("TITLE", TEXT),
          Map.entry("ORGANISATION", TEXT),
          Map.entry("ORGANIZATION", TEXT),
          Map.entry("STREET", ADDRESS),
          Map.entry("DOB", DATE),
          Map.entry("BIRTH_DATE", DATE),
          Map.entry("E_MAIL", EMAIL),
          Map.entry("TELEPHONE", PHONE),
          Map.entry("ZIP", POSTCODE),
          Map.entry("POSTAL_CODE", POSTCODE),
          Map.entry("LATITUDE", LOCATION),
          Map.entry("LONGITUDE", LOCATION),
          Map.entry("PLACE", CATEGORY),
          Map.entry("CITY", CATEGORY),
          Map.entry("SEX", CATEGORY),
          Map.entry("GENDER", CATEGORY),
          Map.entry("YEAR", NUMBER),
          Map.entry("NUMERIC", NUMBER),
          Map.entry("ID", CODE),
          Map.entry("IDENTIFIER", CODE));

  /**
   * The kind of that name, upper or lower case, with {@code -} or {@code _}; some have a second
   * name, such as {@code surname}.
   *
   * @throws MatchingException when there is none
   */
  public static AttributeKind parse(String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values())
        .filter(kind -> kind.name().equals(wanted))
        .findFirst()
        .or(() -> Optional.ofNullable(ALSO.get(wanted)))
        .orElseThrow(() -> MatchingErrors.unknownKind(name));
  }

  static String all() {
    return Arrays.stream(values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** Whether values are parts of one person's name. */
  boolean isName() {
    return this == GIVEN_NAME
        || this == MIDDLE_NAME
        || this == FAMILY_NAME
        || this == FULL_NAME
        || this == NAME_AND_ADDRESS;
  }
}
