package dev.tributary.pipelines.identity.graph;

import java.util.Locale;

/** Text in SVG and HTML. */
final class Markup {
  private static final int REPLACEMENT = 0xFFFD;

  private Markup() {}

  /** Escaped for content and for attributes; what XML cannot hold becomes U+FFFD. */
  static String text(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    raw.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.appendCodePoint(allowed(c) ? c : REPLACEMENT);
              }
            });
    return text.toString();
  }

  private static boolean allowed(int c) {
    boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !surrogate && c != 0xFFFE && c != 0xFFFF && !turns(c);
  }

  /** Characters that turn the direction of what follows, and so can make a label lie. */
  private static boolean turns(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  static String shortened(String text, int most) {
    int length = text.codePointCount(0, text.length());
    return length <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  static String count(long number, String what) {
    return count(number, what, "");
  }

  /** {@code 1 profile}, {@code 2,000 pieces of evidence}. */
  static String count(long number, String what, String rest) {
    return String.format(Locale.ROOT, "%,d %s%s%s", number, what, number == 1 ? "" : "s", rest);
  }
}
