package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from its name and its values what a column holds. */
public final class KindInference {
  private static final int SAMPLE = 2_000;
  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}.*|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4}"
              + "|(1[89]|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  /** No letters at all, or an e-mail address: first and last may be days, middle a price. */
  private static final Pattern NO_NAME = Pattern.compile("[^\\p{L}]+|[^@\\s]+@[^@\\s]+");

  private static final double MOST = 0.8;

  /** Words of a column's name that tell its kind; the first line that fits counts. */
  private static final List<Map.Entry<String, AttributeKind>> NAMES =
      List.of(
          Map.entry("cluster|cluster id|entity id|truth|label|ground truth", AttributeKind.IGNORE),
          Map.entry("(data )?(source|src|party)( id| name| file| system)?", AttributeKind.IGNORE),
          Map.entry(
              ".*\\b(household|hh|dwelling|family)\\b.*\\b(id|no|nr|number|key)|hh ?id",
              AttributeKind.IGNORE),
          Map.entry(
              "((record|account|customer|order) )?(amount|balance|status)|record type|date"
                  + "|(created|updated|modified|loaded)( at| on| date)?",
              AttributeKind.IGNORE),
          Map.entry(".*\\b(type|status|role)\\b.*", AttributeKind.CATEGORY),
          Map.entry(".*(email|e mail|mail address).*", AttributeKind.EMAIL),
          Map.entry(".*\\b(phone|telephone|mobile|fax|cell|tel)\\b.*", AttributeKind.PHONE),
          Map.entry(
              ".*(post ?code|postal ?code|\\bpostal\\b|\\bzip\\b|zip ?code|\\bplz\\b).*",
              AttributeKind.POSTCODE),
          Map.entry("(.*\\b)?(lat|latitude|lon|lng|longitude|coordinates)", AttributeKind.LOCATION),
          Map.entry(
              ".*\\b(city|town|suburb|state|county|country|place|gender|sex|geschlecht|sexe|sexo|occupation"
                  + "|venue|district|province|nationality|locality|category|title prefix)\\b.*",
              AttributeKind.CATEGORY),
          Map.entry(
              ".*\\b(dob|birthdate|birthday|birth date|date of birth|geburtsdatum|date de naissance"
                  + "|fecha de nacimiento)\\b.*",
              AttributeKind.DATE),
          Map.entry(
              ".*\\b(org|organisation|organization|company|business|employer|title|product|album"
                  + "|song|description)\\b.*",
              AttributeKind.TEXT),
          Map.entry(".*\\b(authors|artists|creators|editors)\\b.*", AttributeKind.NAME_LIST),
          Map.entry(
              ".*(first and surname|first and last|full ?name|name full|person name).*",
              AttributeKind.FULL_NAME),
          Map.entry(
              ".*(given ?name|first ?name|\\bfname\\b|forename|name first|name given|\\bgiven\\b"
                  + "|christian name|vorname|prenom|voornaam|fornamn|etunimi|\\bimie\\b).*"
                  + "|first|nombres?|nome",
              AttributeKind.GIVEN_NAME),
          Map.entry(
              ".*(middle ?name|name middle|\\bmname\\b|\\b(middle|midl|mid)\\b).*|mi",
              AttributeKind.MIDDLE_NAME),
          Map.entry(
              ".*(surname|last ?name|family ?name|name last|name family|\\blname\\b|maiden"
                  + "|nachname|familienname|nom de famille|achternaam|apellido|cognome|efternamn"
                  + "|sukunimi|nazwisko|sobrenome).*|last|nom",
              AttributeKind.FAMILY_NAME),
          Map.entry(
              ".*\\b(address|addr|adresse|street|house number|hausnummer|stra(ss|ß)e|rue|direccion"
                  + "|indirizzo)\\b.*|(hse|house|street) (num|no|nr|nam|name)",
              AttributeKind.ADDRESS),
          Map.entry(
              ".*\\b(ssn|soc sec id|social security|passport|licen[cs]e|national id|tax id|vat|iban|isbn"
                  + "|doi|sku|crm|account)\\b.*",
              AttributeKind.CODE));

  /** Words of a category's name that say where somebody is, and those that say of it otherwise. */
  private static final Pattern PLACE =
      Pattern.compile(
          ".*\\b(city|town|township|village|suburb|locality|parish|municipality|district|county|state"
              + "|province|region|country)\\b.*");

  private static final Pattern OTHER_PLACE =
      Pattern.compile(
          ".*\\b(birth|birthplace|pob|born|native|origin|death|citizenship|passport|visa|licen[cs]e|dl"
              + "|issu\\w*|id|tax|bank|incorporation|marital|civil|order|account|employer|employment|work"
              + "|school|sales|type|status)\\b.*");

  private KindInference() {}

  /** Whether a category tells where somebody is: not where he was born or who issued his pass. */
  static boolean place(String column) {
    String name = words(column);
    return PLACE.matcher(name).matches() && !OTHER_PLACE.matcher(name).matches();
  }

  /** How the values of a category may be written. */
  static Vocabulary vocabulary(String column) {
    return Vocabulary.of(words(column));
  }

  private static String words(String column) {
    return Text.words(CAMEL.matcher(column).replaceAll(" ").toLowerCase(Locale.ROOT));
  }

  /**
   * The kind of a column.
   *
   * @param values of the column; empty when missing
   */
  public static AttributeKind of(String column, String[] values) {
    String name = words(column);
    List<String> filled =
        Arrays.stream(values).filter(value -> !value.isEmpty()).limit(SAMPLE).toList();
    for (Map.Entry<String, AttributeKind> known : NAMES) {
      if (name.matches(known.getKey())
          && !(known.getValue().isName() && share(filled, NO_NAME) > MOST)) {
        return known.getValue();
      }
    }
    return filled.isEmpty() ? AttributeKind.IGNORE : ofContent(name, filled);
  }

  private static AttributeKind ofContent(String name, List<String> values) {
    if (share(values, EMAIL) > MOST) {
      return AttributeKind.EMAIL;
    }
    if (share(values, DATE) > MOST) {
      return AttributeKind.DATE;
    }
    Set<String> distinct = new HashSet<>(values);
    double unlike = (double) distinct.size() / values.size();
    if (share(values, NUMBER) > MOST) {
      double digits = values.stream().mapToInt(String::length).average().orElse(0);
      return digits >= 6 && unlike > 0.3 ? AttributeKind.CODE : AttributeKind.NUMBER;
    }
    double words = words(values);
    AttributeKind person = PersonNames.kind(name, values, words);
    if (person != null) {
      return person;
    }
    if (name.equals("name") && words >= 1.5 && words < 4) {
      return AttributeKind.FULL_NAME;
    }
    if (name.matches("(.* )?names")) {
      return AttributeKind.NAME_LIST;
    }
    return words >= 2.5 && unlike > 0.3 ? AttributeKind.TEXT : AttributeKind.CATEGORY;
  }

  /** How many words a value has on average. */
  static double words(List<String> values) {
    return values.stream().mapToInt(value -> value.split("\\s+").length).average().orElse(0);
  }

  /** The share of values that are of a form; 0 without values. */
  static double share(List<String> values, Pattern pattern) {
    if (values.isEmpty()) {
      return 0;
    }
    long matching = values.stream().filter(value -> pattern.matcher(value).matches()).count();
    return (double) matching / values.size();
  }
}
