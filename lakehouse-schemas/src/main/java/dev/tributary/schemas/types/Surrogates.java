package dev.tributary.schemas.types;

/** Halves of UTF-16 pairs, which JSON escapes can name and UTF-8 cannot hold. */
final class Surrogates {
  private Surrogates() {}

  /** Whether the char at this place is half a surrogate pair without its other half. */
  static boolean lone(String text, int at) {
    char c = text.charAt(at);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    return Character.isHighSurrogate(c)
        ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
  }

  /** The text itself, unless a lone surrogate in it would become another character in UTF-8. */
  static String whole(String text) throws UnrepresentableException {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= Character.MIN_SURROGATE && lone(text, i)) {
        throw new UnrepresentableException(
            "",
            "lone surrogate U+%04X at character %d has no place in UTF-8 text"
                .formatted((int) text.charAt(i), i));
      }
    }
    return text;
  }
}
