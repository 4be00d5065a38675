package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * Evidence that two identifiers are of one person (or household). Without direction: the
 * constructor puts the smaller identifier left.
 *
 * @param rule the rule or model that made it, e.g. {@code same_login}
 * @param confidence probability that it is right, in (0, 1]
 * @param firstSeenMicros oldest observation, microseconds since 1970 UTC
 * @param lastSeenMicros newest observation, microseconds since 1970 UTC; not before the oldest
 * @param observations how many there were; at least 1
 * @param source where it was observed, e.g. {@code web}; may be null
 * @param consent id of the consent it rests on; null when it rests on none
 */
public record Edge(
    Identifier left,
    Identifier right,
    String rule,
    double confidence,
    long firstSeenMicros,
    long lastSeenMicros,
    long observations,
    String source,
    String consent)
    implements Comparable<Edge>, Serializable {
  private static final Comparator<String> TEXT =
      Comparator.nullsFirst(Identifier::compareCodePoints);
  private static final Comparator<Edge> ORDER =
      Comparator.comparing(Edge::left)
          .thenComparing(Edge::right)
          .thenComparing(Edge::rule, TEXT)
          .thenComparing(Edge::source, TEXT)
          .thenComparing(Edge::consent, TEXT)
          .thenComparingDouble(Edge::confidence)
          .thenComparingLong(Edge::firstSeenMicros)
          .thenComparingLong(Edge::lastSeenMicros)
          .thenComparingLong(Edge::observations);

  public Edge {
    Objects.requireNonNull(left, "left");
    Objects.requireNonNull(right, "right");
    Objects.requireNonNull(rule, "rule");
    if (!(confidence > 0 && confidence <= 1)) {
      throw GraphErrors.confidence(rule, confidence);
    }
    if (lastSeenMicros < firstSeenMicros || observations < 1) {
      throw GraphErrors.observations(rule, firstSeenMicros, lastSeenMicros, observations);
    }
    if (left.compareTo(right) > 0) {
      Identifier larger = left;
      left = right;
      right = larger;
    }
  }

  /** By identifiers, then rule, source, consent and figures. */
  @Override
  public int compareTo(Edge other) {
    return ORDER.compare(this, other);
  }

  /** Whether both say the same thing of the same pair, perhaps with other figures. */
  boolean repeats(Edge other) {
    return left.equals(other.left)
        && right.equals(other.right)
        && rule.equals(other.rule)
        && Objects.equals(source, other.source)
        && Objects.equals(consent, other.consent);
  }

  /**
   * This and a repetition of it as one: the highest confidence and count, the widest span. Counts
   * are not added, since a repetition may be the same observations delivered again.
   */
  Edge merged(Edge repetition) {
    return new Edge(
        left,
        right,
        rule,
        Math.max(confidence, repetition.confidence),
        Math.min(firstSeenMicros, repetition.firstSeenMicros),
        Math.max(lastSeenMicros, repetition.lastSeenMicros),
        Math.max(observations, repetition.observations),
        source,
        consent);
  }
}
