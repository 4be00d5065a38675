package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The identifiers of one person (or household).
 *
 * @param id see {@link ProfileId}
 * @param oldest the member the id is made of: first by (first seen, type, value)
 * @param members sorted; at least one
 * @param confidence of its weakest link: the smallest confidence in the maximum spanning tree of
 *     its edges, in (0, 1]; 1 for a profile of one
 * @param density linked pairs of members as a share of all pairs, in (0, 1]; 1 for a profile of one
 * @param firstSeenMicros when the oldest member was first seen, microseconds since 1970 UTC
 */
public record Profile(
    String id,
    Identifier oldest,
    List<Identifier> members,
    double confidence,
    double density,
    long firstSeenMicros)
    implements Serializable {
  public Profile {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(oldest, "oldest");
    members = List.copyOf(members);
  }

  /** Whether it is what became of a household's graph. */
  boolean isHousehold() {
    return id.startsWith(GraphRules.HOUSEHOLD_ID_PREFIX);
  }

  /** Whether it is one person, or one address, and so no household. */
  public boolean isAlone() {
    return isHousehold() && members.size() == 1;
  }
}
