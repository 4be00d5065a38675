package dev.tributary.pipelines.identity.matching;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Categories that are written in several ways, told from the column's name, each in one. */
enum Vocabulary {
  /**
   * Male and female, and the numbers of ISO/IEC 5218 but 0, which others use for one of them. Where
   * the column is called {@code sexo} an m may be either.
   */
  SEX(".*\\b(sex|gender|geschlecht|sexe)\\b.*", "u|x|9") {
    @Override
    String known(String words) {
      return Sexes.FORMS.getOrDefault(words, words);
    }
  },
  /** Countries by their English names, for which the codes of ISO 3166-1 stand, too. */
  COUNTRY(".*\\b(country|nationality|citizenship)\\b.*", "") {
    @Override
    String known(String words) {
      String name = Countries.BY_CODE.getOrDefault(words, words);
      return Countries.OTHER_NAMES.getOrDefault(name, name);
    }
  },
  /** Anything else. */
  ANY(".*", "") {
    @Override
    String known(String words) {
      return words;
    }
  };

  private static final Pattern UNKNOWN =
      Pattern.compile("unk|unknown|not (known|given|stated|available)|n a|null|nan");

  private final Pattern columns;
  private final Pattern missing;

  Vocabulary(String columns, String missing) {
    this.columns = Pattern.compile(columns);
    this.missing = Pattern.compile(missing);
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
    boolean unknown = UNKNOWN.matcher(words).matches() || missing.matcher(words).matches();
    return unknown ? "" : known(words);
  }

  abstract String known(String words);

  private static final class Sexes {
    static final Map<String, String> FORMS = new HashMap<>();

    static {
      for (String male : "1 m male man boy h homme mann maennlich mannlich masculin".split(" ")) {
        FORMS.put(male, "male");
      }
      for (String female : "2 f female w woman girl femme feminin frau weiblich".split(" ")) {
        FORMS.put(female, "female");
      }
    }
  }

  private static final class Countries {
    static final Map<String, String> BY_CODE = new HashMap<>();
    static final Map<String, String> OTHER_NAMES = new HashMap<>();

    /** A name, then others of the same country; what a runtime calls it may be any of them. */
    private static final String[] NAMES = {
      "united kingdom,uk,u k,great britain,united kingdom of great britain and northern ireland",
      "united states,u s,u s a,united states of america,america",
      "russia,russian federation",
      "netherlands,the netherlands,holland",
      "vietnam,viet nam",
      "south korea,republic of korea,korea republic of",
      "north korea,democratic people s republic of korea",
      "turkey,turkiye,republic of turkiye",
      "czech republic,czechia",
      "eswatini,swaziland",
      "north macedonia,macedonia",
      "myanmar,burma,myanmar burma",
      "ivory coast,cote d ivoire,cote divoire",
      "cape verde,cabo verde",
      "hong kong,hong kong sar china",
      "macao,macau,macao sar china",
      "china,people s republic of china,peoples republic of china",
      "iran,iran islamic republic of",
      "syria,syrian arab republic",
      "laos,lao people s democratic republic",
      "brunei,brunei darussalam",
      "tanzania,united republic of tanzania,tanzania united republic of",
      "moldova,republic of moldova,moldova republic of",
      "bolivia,bolivia plurinational state of",
      "venezuela,venezuela bolivarian republic of"
    };

    static {
      for (String code : Locale.getISOCountries()) {
        Locale country = new Locale("", code);
        String name = Text.words(country.getDisplayCountry(Locale.ENGLISH));
        BY_CODE.put(code.toLowerCase(Locale.ROOT), name);
        BY_CODE.put(country.getISO3Country().toLowerCase(Locale.ROOT), name);
      }
      for (String names : NAMES) {
        String[] each = names.split(",");
        for (int i = 1; i < each.length; i++) {
          OTHER_NAMES.put(each[i], each[0]);
        }
      }
    }
  }
}
