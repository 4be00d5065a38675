package dev.tributary.pipelines.identity.matching;

import com.ibm.icu.text.Transliterator;

/**
 * Writes other scripts in Latin letters, so that a name compares with itself as a passport spells
 * it: Cyrillic after the romanisation of the Board on Geographic Names, the rest as the Unicode
 * CLDR has it. What it does not know, such as Khmer, stays as it is.
 */
final class LatinScript {
  private static final char FIRST_OTHER = '\u0370';

  private LatinScript() {}

  /** Made when the first value needs it: it takes most of a second. */
  private static final class Rules {
    static final Transliterator LATIN =
        Transliterator.getInstance("ru-ru_Latn/BGN; Any-Latin; Latin-ASCII");
  }

  static String of(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= FIRST_OTHER
          && Character.isLetter(c)
          && Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN) {
        return Rules.LATIN.transliterate(value);
      }
    }
    return value;
  }
}
