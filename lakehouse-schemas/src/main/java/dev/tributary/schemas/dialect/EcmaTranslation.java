package dev.tributary.schemas.dialect;

import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Rewrites an ECMA-262 pattern into the syntax that {@code java.util.regex} and RE2/J share and
 * read alike: end anchor, dot, white space, escapes and property names differ between the three.
 */
final class EcmaTranslation {
  private static final String SPACES =
      "\\t-\\r \\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}";
  private static final String DOT = "[^\\n\\r\\x{2028}\\x{2029}]";
  private static final String NOTHING = "[^\\x{0}-\\x{10FFFF}]";
  private static final String ANYTHING = "[\\x{0}-\\x{10FFFF}]";

  /** Long names of general categories, UAX #44 table 12. */
  private static final Map<String, String> CATEGORIES =
      Map.ofEntries(
          Map.entry("Letter", "L"),
          Map.entry("Cased_Letter", "LC"),
          Map.entry("Uppercase_Letter", "Lu"),
          Map.entry("Lowercase_Letter", "Ll"),
          Map.entry("Titlecase_Letter", "Lt"),
          Map.entry("Modifier_Letter", "Lm"),
          Map.entry("Other_Letter", "Lo"),
          Map.entry("Mark", "M"),
          Map.entry("Number", "N"),
          Map.entry("Decimal_Number", "Nd"),
          Map.entry("digit", "Nd"),
          Map.entry("Letter_Number", "Nl"),
          Map.entry("Other_Number", "No"),
          Map.entry("Punctuation", "P"),
          Map.entry("punct", "P"),
          Map.entry("Symbol", "S"),
          Map.entry("Separator", "Z"),
          Map.entry("Space_Separator", "Zs"),
          Map.entry("Other", "C"),
          Map.entry("Control", "Cc"),
          Map.entry("cntrl", "Cc"));

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private boolean inClass;

  EcmaTranslation(String source) {
    this.source = source;
  }

  String translated() {
    while (at < source.length()) {
      char c = source.charAt(at++);
      if (c == '\\') {
        escape();
      } else if (inClass) {
        memberOfClass(c);
      } else {
        outsideClass(c);
      }
    }
    return out.toString();
  }

  private void outsideClass(char c) {
    switch (c) {
      case '$' -> out.append("\\z");
      case '.' -> out.append(DOT);
      case '[' -> openClass();
      default -> out.append(c);
    }
  }

  private void openClass() {
    if (source.startsWith("^]", at)) {
      at += 2;
      out.append(ANYTHING);
    } else if (source.startsWith("]", at)) {
      at++;
      out.append(NOTHING);
    } else {
      inClass = true;
      out.append('[');
      if (source.startsWith("^", at)) {
        at++;
        out.append('^');
      }
    }
  }

  private void memberOfClass(char c) {
    switch (c) {
      case ']' -> {
        inClass = false;
        out.append(']');
      }
      case '[' -> out.append("\\[");
      case '&' -> out.append("\\&");
      default -> out.append(c);
    }
  }

  private void escape() {
    if (at == source.length()) {
      throw error("a backslash escapes nothing");
    }
    char c = source.charAt(at++);
    switch (c) {
      case 's' -> out.append(inClass ? SPACES : "[" + SPACES + "]");
      case 'S' -> out.append(inClass ? "\\S" : "[^" + SPACES + "]");
      case 'v' -> out.append("\\x0B");
      case 'b' -> out.append(inClass ? "\\x08" : "\\b");
      case 'c' -> codePoint(controlLetter());
      case 'x' -> codePoint(hex(2));
      case 'u' -> unicode();
      case 'p', 'P' -> property(c);
      case 'd', 'D', 'w', 'W', 't', 'n', 'r', 'f', 'B', 'k' -> out.append('\\').append(c);
      default -> otherEscape(c);
    }
  }

  private void otherEscape(char c) {
    if (c == '0') {
      codePoint(0);
    } else if (Character.isLetter(c)) {
      throw error("\\" + c + " is no escape of ECMA-262");
    } else {
      out.append('\\').append(c);
    }
  }

  private int controlLetter() {
    char letter = at < source.length() ? source.charAt(at++) : ' ';
    if (!(letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z')) {
      throw error("\\c wants a letter");
    }
    return letter % 32;
  }

  private void unicode() {
    if (source.startsWith("{", at)) {
      int close = source.indexOf('}', at);
      if (close < 0) {
        throw error("\\u{ is not closed");
      }
      at++;
      int value = hex(close - at);
      at = close + 1;
      codePoint(value);
      return;
    }
    int high = hex(4);
    if (Character.isHighSurrogate((char) high) && source.startsWith("\\u", at)) {
      at += 2;
      codePoint(Character.toCodePoint((char) high, (char) hex(4)));
    } else {
      codePoint(high);
    }
  }

  private int hex(int digits) {
    int end = at + digits;
    String text = end <= source.length() ? source.substring(at, end) : "";
    if (!text.matches("[0-9A-Fa-f]{1,6}")) {
      throw error("hexadecimal digits expected");
    }
    at = end;
    return Integer.parseInt(text, 16);
  }

  private void codePoint(int value) {
    out.append(String.format("\\x{%X}", value));
  }

  private void property(char c) {
    int close = source.indexOf('}', at);
    if (!source.startsWith("{", at) || close < 0) {
      throw error("\\" + c + " wants {a property}");
    }
    String name = source.substring(at + 1, close);
    at = close + 1;
    int equals = name.indexOf('=');
    String value = name.substring(equals + 1);
    boolean script = equals > 0 && name.startsWith("Sc");
    out.append('\\').append(c).append('{');
    out.append(script ? "Is" + value : CATEGORIES.getOrDefault(value, value)).append('}');
  }

  private PatternSyntaxException error(String problem) {
    return new PatternSyntaxException(problem, source, at - 1);
  }
}
