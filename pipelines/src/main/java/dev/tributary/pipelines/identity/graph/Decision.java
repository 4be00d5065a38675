package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * What a person decided of two identifiers: a fact, which survives every re-run.
 *
 * <p>Of several decisions on one pair the newest holds; of two at one instant the cannot-link.
 *
 * @param author who decided
 * @param reason why, in the author's words
 * @param atMicros when, microseconds since 1970 UTC
 */
public record Decision(
    Kind kind, Identifier left, Identifier right, String author, String reason, long atMicros)
    implements Comparable<Decision>, Serializable {
  private static final Comparator<Decision> NEWEST_FIRST =
      Comparator.comparingLong(Decision::atMicros)
          .reversed()
          .thenComparing(Decision::kind)
          .thenComparing(Decision::left)
          .thenComparing(Decision::right)
          .thenComparing(Decision::author, Identifier::compareCodePoints)
          .thenComparing(Decision::reason, Identifier::compareCodePoints);

  /** What was decided. */
  public enum Kind {
    /** The two are never in one profile. Beats every must-link, direct or through others. */
    CANNOT_LINK,
    /** The two are in one profile, whatever rules and limits say. */
    MUST_LINK
  }

  public Decision {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(left, "left");
    Objects.requireNonNull(right, "right");
    author = Objects.requireNonNullElse(author, "");
    reason = Objects.requireNonNullElse(reason, "");
    if (left.equals(right)) {
      throw GraphErrors.decisionOnOne(kind, left);
    }
    if (left.compareTo(right) > 0) {
      Identifier larger = left;
      left = right;
      right = larger;
    }
  }

  /** The newest first. */
  @Override
  public int compareTo(Decision other) {
    return NEWEST_FIRST.compare(this, other);
  }

  /** One line for people. */
  String words() {
    String verb = kind == Kind.MUST_LINK ? "must-link" : "cannot-link";
    String by = author.isEmpty() ? "" : " by " + author;
    return verb + by + (reason.isEmpty() ? "" : ": " + reason);
  }
}
