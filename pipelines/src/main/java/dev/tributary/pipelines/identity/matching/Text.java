package dev.tributary.pipelines.identity.matching;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** One form for values that differ in case, accents, punctuation or spacing only. */
final class Text {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern APOSTROPHES = Pattern.compile("['`’]");
  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern NOT_DIGITS = Pattern.compile("\\D+");

  private Text() {}

  /**
   * Lower-case words of Latin letters and digits, one space between them; empty when there are
   * none.
   */
  static String words(String value) {
    String latin = LatinScript.of(value).toLowerCase(Locale.ROOT);
    String plain = Normalizer.normalize(latin, Normalizer.Form.NFKD);
    plain = MARKS.matcher(plain).replaceAll("");
    plain = APOSTROPHES.matcher(plain).replaceAll("");
    return OTHER.matcher(plain).replaceAll(" ").strip();
  }

  static String digits(String value) {
    return NOT_DIGITS.matcher(value).replaceAll("");
  }

  /** A 64-bit hash of a string, well mixed. */
  static long hash(String value) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < value.length(); i++) {
      h = (h ^ value.charAt(i)) * 0x100000001b3L;
    }
    return mix(h);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long h) {
    long x = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
