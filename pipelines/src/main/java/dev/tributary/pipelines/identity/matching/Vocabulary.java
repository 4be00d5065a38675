package dev.tributary.pipelines.identity.matching;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Categories that are written in several ways, told from the column's name, each in one. */
enum Vocabulary {
  /** Male and female; the numbers of ISO/IEC 5218. */
  SEX(".*\\b(sex|gender|geschlecht|sexe|sexo)\\b.*", sexes()),
  /** Countries by English name or by code; ISO 3166-1. */
  COUNTRY(".*\\b(country|nationality|citizenship)\\b.*", Countries.ALPHA_2),
  /** Anything else. */
  ANY(".*", Map.of());

  private static final Pattern UNKNOWN =
      Pattern.compile("u|unk|unknown|not (known|given|stated|available|applicable)|n a|null|nan");

  private final Pattern columns;
  private final Map<String, String> forms;

  Vocabulary(String columns, Map<String, String> forms) {
    this.columns = Pattern.compile(columns);
    this.forms = forms;
  }

  /**
   * The first that a column is of.
   *
   * @param column the words of its name
   */
  static Vocabulary of(String column) {
    for (Vocabulary one : values()) {
      if (one.columns.matcher(column).matches()) {
        return one;
      }
    }
    return ANY;
  }

  /** One form of a value; empty where it says that nothing is known. */
  String form(String words) {
    return UNKNOWN.matcher(words).matches() ? "" : forms.getOrDefault(words, words);
  }

  private static Map<String, String> sexes() {
    Map<String, String> forms = new HashMap<>();
    for (String male : "1 m male man boy mann maennlich mannlich homme hombre".split(" ")) {
      forms.put(male, "male");
    }
    for (String female : "2 f female w woman girl frau weiblich femme mujer".split(" ")) {
      forms.put(female, "female");
    }
    return forms;
  }

  /** Read when a column of countries is met. */
  private static final class Countries {
    static final Map<String, String> ALPHA_2 = new HashMap<>();

    static {
      for (String code : Locale.getISOCountries()) {
        Locale country = new Locale("", code);
        String form = code.toLowerCase(Locale.ROOT);
        ALPHA_2.put(form, form);
        ALPHA_2.put(country.getISO3Country().toLowerCase(Locale.ROOT), form);
        ALPHA_2.put(Text.words(country.getDisplayCountry(Locale.ENGLISH)), form);
      }
    }
  }
}
