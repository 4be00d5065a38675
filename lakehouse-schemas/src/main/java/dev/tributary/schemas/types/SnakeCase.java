package dev.tributary.schemas.types;

/**
 * The one way names of producers become names of the lake: words of letters and digits in lower
 * case, joined by {@code _}. A word begins after anything else and at a capital, acronyms are one
 * word: {@code orderId}, {@code Order ID} and {@code order-id} are {@code order_id}, {@code
 * HTMLParser} is {@code html_parser}.
 */
public final class SnakeCase {
  private SnakeCase() {}

  /** The snake_case form; empty when the text has no letter or digit. */
  public static String of(String text) {
    StringBuilder name = new StringBuilder();
    int[] points = text.codePoints().toArray();
    boolean gap = false;
    for (int i = 0; i < points.length; i++) {
      if (!wordPart(points[i])) {
        gap = true;
        continue;
      }
      boolean apart = gap || startsWord(points, i);
      if (apart && !name.isEmpty()) {
        name.append('_');
      }
      name.appendCodePoint(Character.toLowerCase(points[i]));
      gap = false;
    }
    return name.toString();
  }

  private static boolean wordPart(int point) {
    int type = Character.getType(point);
    return Character.isLetterOrDigit(point)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean startsWord(int[] points, int at) {
    if (at == 0 || !Character.isUpperCase(points[at])) {
      return false;
    }
    boolean endsAcronym = at + 1 < points.length && Character.isLowerCase(points[at + 1]);
    return !Character.isUpperCase(points[at - 1]) || endsAcronym;
  }
}
