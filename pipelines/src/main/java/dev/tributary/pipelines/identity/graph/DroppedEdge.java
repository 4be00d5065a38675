package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * Evidence that does not join what it connects. A must-link that was dropped appears as an edge of
 * rule {@value ComponentResolver#MUST_LINK_RULE}.
 *
 * @param detail the rule, limit or decision that did it, with its figures
 */
public record DroppedEdge(Edge edge, DropReason reason, String detail)
    implements Comparable<DroppedEdge>, Serializable {
  private static final Comparator<DroppedEdge> ORDER =
      Comparator.comparing(DroppedEdge::edge)
          .thenComparing(DroppedEdge::reason)
          .thenComparing(DroppedEdge::detail);

  public DroppedEdge {
    Objects.requireNonNull(edge, "edge");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
  }

  @Override
  public int compareTo(DroppedEdge other) {
    return ORDER.compare(this, other);
  }
}
