package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** How two spellings of one identifier become one; NULL for what is none. */
enum Normalization {
  /** Without spaces around it. */
  TEXT {
    @Override
    Column of(Column value, String country) {
      Column bare = trim(value.cast("string"));
      return when(bare.notEqual(""), bare);
    }
  },
  /** Without spaces around it, in lower case. */
  LOWER {
    @Override
    Column of(Column value, String country) {
      return lower(TEXT.of(value, country));
    }
  },
  /**
   * In lower case, which every provider in use reads alike; Gmail's dots and everybody's {@code
   * +tag} at Gmail are left out, as its help pages say they are in delivery.
   */
  EMAIL {
    @Override
    Column of(Column value, String country) {
      Column bare = regexp_replace(lower(trim(value.cast("string"))), "^mailto:", "");
      Column user = regexp_extract(bare, "^([^@\\s+]+)[^@\\s]*@", 1);
      Column gmail = concat(regexp_replace(user, "\\.", ""), lit("@gmail.com"));
      Column domain = substring_index(bare, "@", -1);
      return when(
          bare.rlike("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$"),
          when(domain.isin("gmail.com", "googlemail.com").and(length(user).gt(0)), gmail)
              .otherwise(bare));
    }
  },
  /**
   * E.164 where a country code is there or configured, else its digits; extensions and punctuation
   * are left out. Fewer than 7 digits or more than 15 are no number.
   */
  PHONE {
    @Override
    Column of(Column value, String country) {
      Column cut = regexp_replace(lower(value.cast("string")), "(ext|x|;).*$", "");
      Column marked = regexp_replace(cut, "\\(0\\)", "");
      Column bare = regexp_replace(regexp_replace(marked, "[^0-9+]", ""), "^00", "+");
      Column digits = regexp_replace(bare, "[^0-9]", "");
      Column national =
          country.isEmpty() ? digits : concat(lit("+" + country), regexp_replace(digits, "^0", ""));
      return when(
          length(digits).between(7, 15),
          when(bare.startsWith("+"), concat(lit("+"), digits)).otherwise(national));
    }
  };

  /**
   * The value in its one spelling.
   *
   * @param country calling code for telephone numbers without one, e.g. 49; may be empty
   */
  abstract Column of(Column value, String country);
}
