package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * Why profiles changed.
 *
 * @param left the pair it is about; null when it is about no pair
 * @param right null when it is about no pair
 * @param detail for people: the rule and its confidence, the decision, the figures
 */
public record Cause(Kind kind, Identifier left, Identifier right, String detail)
    implements Comparable<Cause>, Serializable {
  private static final Comparator<Identifier> NAMES =
      Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<Cause> ORDER =
      Comparator.comparing(Cause::kind)
          .thenComparing(Cause::left, NAMES)
          .thenComparing(Cause::right, NAMES)
          .thenComparing(Cause::detail);

  /** What sort of thing happened. */
  public enum Kind {
    /** Somebody decided. */
    NEW_DECISION,
    /** A decision no longer holds. */
    GONE_DECISION,
    /** The consent that evidence rested on was withdrawn. */
    CONSENT_WITHDRAWN,
    /** Evidence that was not there before. */
    NEW_EVIDENCE,
    /** Evidence that is no longer there: corrected, erased, expired. */
    GONE_EVIDENCE,
    /** Evidence is there as before, but a limit, bridge or cannot-link now drops it. */
    NOW_DROPPED,
    /** Evidence is there as before, and nothing drops it any more. */
    NO_LONGER_DROPPED,
    /** An identifier is known to be older than what the profile was named after. */
    OLDER_IDENTIFIER,
    /** The rules are others. */
    RULES_CHANGED,
    /** There are more causes than are listed. */
    MORE
  }

  public Cause {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
  }

  @Override
  public int compareTo(Cause other) {
    return ORDER.compare(this, other);
  }
}
