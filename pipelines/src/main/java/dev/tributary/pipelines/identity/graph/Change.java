package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * One change of profiles.
 *
 * @param from profiles before, by id; none for a creation
 * @param to profiles after, by id; none for a retirement
 * @param moved identifiers whose profile is another than before, sorted; for a creation and a
 *     retirement all of the profile
 * @param causes the most telling first, at most {@value Attribution#LISTED} and a count of the rest
 */
public record Change(
    Kind kind, List<String> from, List<String> to, List<Identifier> moved, List<Cause> causes)
    implements Serializable {
  /** What became of profiles. */
  public enum Kind {
    /** A profile of identifiers that had none. */
    CREATE,
    /** Whole profiles went into one: {@code from} names them all, and it, if it was there. */
    MERGE,
    /** A profile fell apart: {@code to} names all parts, itself too where it lives on. */
    SPLIT,
    /** Some identifiers moved to another profile, or a whole profile has another id. */
    REASSIGN,
    /** A profile none of whose identifiers is left. */
    RETIRE
  }

  public Change {
    Objects.requireNonNull(kind, "kind");
    from = List.copyOf(from);
    to = List.copyOf(to);
    moved = List.copyOf(moved);
    causes = List.copyOf(causes);
  }
}
