package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Objects;

/**
 * A value that stands for somebody, e.g. {@code email / ada@example.org}: a node of the graph.
 *
 * <p>Ordered by type, then value, both by code point: the order of their UTF-8 bytes, which is how
 * Spark SQL compares strings.
 *
 * @param type what kind of value, e.g. {@code user_id}; not empty, without control characters
 * @param value as the evidence has it, normalised by whoever made the evidence; may be empty
 */
public record Identifier(String type, String value)
    implements Comparable<Identifier>, Serializable {
  public Identifier {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(value, "value");
    if (type.isEmpty() || hasControl(type)) {
      throw new IllegalArgumentException(
          "identifier type '"
              + type
              + "' is empty or has a control character; name it, e.g. email");
    }
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int compareTo(Identifier other) {
    int byType = compareCodePoints(type, other.type);
    return byType != 0 ? byType : compareCodePoints(value, other.value);
  }

  /** For people: {@code type:value}. */
  @Override
  public String toString() {
    return type + ":" + value;
  }

  /** UTF-16 puts surrogates before U+E000 to U+FFFF; code points, and UTF-8, put them after. */
  static int compareCodePoints(String left, String right) {
    if (left.equals(right)) {
      return 0;
    }
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
