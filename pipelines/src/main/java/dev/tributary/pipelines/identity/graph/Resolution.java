package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a group of identifiers became. Every identifier of the input is in exactly one profile or is
 * excluded.
 *
 * @param profiles by id
 * @param kept evidence within profiles, must-links among it, sorted; repetitions merged
 * @param dropped evidence that joins nothing, and why, sorted
 * @param excluded identifiers that stand for nobody, sorted
 * @param notes where a bound on the work was met and what was done instead; mostly empty
 */
public record Resolution(
    List<Profile> profiles,
    List<Edge> kept,
    List<DroppedEdge> dropped,
    List<Excluded> excluded,
    List<String> notes)
    implements Serializable {
  public Resolution {
    profiles = List.copyOf(profiles);
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
    excluded = List.copyOf(excluded);
    notes = List.copyOf(notes);
  }

  /** Each identifier's profile id. */
  public Map<Identifier, String> assignment() {
    Map<Identifier, String> assignment = new HashMap<>();
    for (Profile profile : profiles) {
      profile.members().forEach(member -> assignment.put(member, profile.id()));
    }
    return assignment;
  }
}
