package dev.tributary.pipelines.identity.graph;

/** Values for eyes that need not know them. */
final class Masking {
  private static final String HIDDEN = "•••";
  private static final int SHORT = 5;
  private static final int LONG = 7;

  private Masking() {}

  /** {@code ada@example.org} as {@code a•••@e•••.org}, {@code u-10045} as {@code u•••45}. */
  static String mask(String value) {
    int at = value.indexOf('@');
    int dot = value.lastIndexOf('.');
    if (at > 0 && dot > at + 1) {
      return first(value)
          + HIDDEN
          + "@"
          + first(value.substring(at + 1))
          + HIDDEN
          + value.substring(dot);
    }
    if (value.codePointCount(0, value.length()) < SHORT) {
      return HIDDEN;
    }
    boolean isLong = value.codePointCount(0, value.length()) >= LONG;
    int last = value.offsetByCodePoints(value.length(), isLong ? -2 : -1);
    return first(value) + HIDDEN + value.substring(last);
  }

  private static String first(String text) {
    return text.substring(0, text.offsetByCodePoints(0, 1));
  }
}
