package dev.tributary.pipelines.identity.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The profile that answers to an id that was ever given. Chains are followed: when a went into b
 * and b into c, then a resolves to c; once b lives again by an unmerge, a resolves to b.
 *
 * @param next old id → the id that answered to it when it went
 */
public record Aliases(Map<String, String> next) {
  public Aliases {
    next = Map.copyOf(next);
  }

  public static Aliases none() {
    return new Aliases(Map.of());
  }

  /**
   * These and newer ones: an alias of an old id replaces what was said of it before, and an id that
   * a profile has again is none.
   *
   * @param alive ids that profiles have now, at least those of the groups that were looked at
   */
  public Aliases and(Collection<Alias> newer, Set<String> alive) {
    Map<String, String> all = new TreeMap<>(next);
    newer.forEach(alias -> all.put(alias.oldId(), alias.newId()));
    all.keySet().removeAll(alive);
    return new Aliases(all);
  }

  /** The id of the living profile that answers to this id; the id itself when it is no alias. */
  public String resolve(String id) {
    Set<String> seen = new HashSet<>();
    String at = id;
    while (next.containsKey(at) && seen.add(at)) {
      at = next.get(at);
    }
    return at;
  }
}
