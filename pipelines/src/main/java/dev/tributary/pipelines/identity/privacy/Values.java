package dev.tributary.pipelines.identity.privacy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values in the form in which both parties encode them, and the tokens they are made of. */
final class Values {
  private static final int LONGEST = 200;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern APART = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-/. ]?(\\d{2})[-/. ]?(\\d{2})(?:[T ].*)?");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4})");

  private Values() {}

  /** Normal form of a value; empty where nothing is left of it. */
  static String normal(FieldKind kind, String value) {
    String text = MARKS.matcher(Normalizer.normalize(value, Normalizer.Form.NFKD)).replaceAll("");
    text = text.toLowerCase(Locale.ROOT).strip();
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST);
    }
    return switch (kind) {
      case DATE -> date(text);
      case NAME, TEXT, CATEGORY -> APART.matcher(text).replaceAll(" ").strip();
      case CODE -> APART.matcher(text).replaceAll("");
      case IDENTIFIER -> text.contains("@") ? text : APART.matcher(text).replaceAll("");
    };
  }

  /** Eight digits, year first; what is no date stays as its letters and digits. */
  private static String date(String text) {
    Matcher yearFirst = YEAR_FIRST.matcher(text);
    if (yearFirst.matches()) {
      return yearFirst.group(1) + yearFirst.group(2) + yearFirst.group(3);
    }
    Matcher yearLast = YEAR_LAST.matcher(text);
    if (yearLast.matches()) {
      return yearLast.group(3) + two(yearLast.group(2)) + two(yearLast.group(1));
    }
    return APART.matcher(text).replaceAll("");
  }

  private static String two(String digits) {
    return digits.length() == 1 ? "0" + digits : digits;
  }

  /** The tokens of a normal form: what two values have in common is what their encodings have. */
  static List<String> tokens(FieldKind kind, String normal) {
    Set<String> tokens = new LinkedHashSet<>();
    switch (kind) {
      case CATEGORY -> tokens.add(normal);
      case NAME, TEXT -> bigrams(normal, tokens);
      case DATE -> {
        digitsByPlace(normal, tokens);
        if (normal.length() == 8) {
          tokens.add("y" + normal.substring(0, 4));
          tokens.add("m" + normal.substring(4, 6));
          tokens.add("d" + normal.substring(6));
        }
      }
      case IDENTIFIER, CODE -> {
        bigrams(normal, tokens);
        if (!normal.contains("@")) {
          digitsByPlace(normal, tokens);
        }
      }
    }
    return new ArrayList<>(tokens);
  }

  /** Bigrams of the text between two pads; a repeated bigram is counted, so that "aaaa" ≠ "aaa". */
  private static void bigrams(String text, Set<String> tokens) {
    String padded = "_" + text + "_";
    for (int i = 0; i + 2 <= padded.length(); i++) {
      String gram = padded.substring(i, i + 2);
      int seen = 1;
      String token = gram;
      while (!tokens.add(token)) {
        token = gram + ++seen;
      }
    }
  }

  private static void digitsByPlace(String text, Set<String> tokens) {
    for (int i = 0; i < text.length(); i++) {
      tokens.add("@" + i + text.charAt(i));
    }
  }
}
