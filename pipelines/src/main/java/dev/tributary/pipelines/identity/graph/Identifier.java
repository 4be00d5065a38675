package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Comparator;
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
  private static final Comparator<Identifier> ORDER =
      Comparator.comparing(Identifier::type, Identifier::compareCodePoints)
          .thenComparing(Identifier::value, Identifier::compareCodePoints);

  public Identifier {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(value, "value");
    if (type.isEmpty() || type.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "identifier type '"
              + type
              + "' is empty or has a control character; name it, e.g. email");
    }
  }

  @Override
  public int compareTo(Identifier other) {
    return ORDER.compare(this, other);
  }

  /** For people: {@code type:value}. */
  @Override
  public String toString() {
    return type + ":" + value;
  }

  /** UTF-16 puts surrogates before U+E000 to U+FFFF; code points, and UTF-8, put them after. */
  static int compareCodePoints(String left, String right) {
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
