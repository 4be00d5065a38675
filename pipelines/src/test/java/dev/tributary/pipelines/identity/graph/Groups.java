package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What properties need to know of a scene, found in the plainest way. */
final class Groups {
  private Groups() {}

  /** The true components over edges and decisions. */
  static List<Set<Identifier>> of(Scene scene) {
    Map<Identifier, Set<Identifier>> group = new HashMap<>();
    scene
        .nodes()
        .forEach(node -> group.put(node.identifier(), new HashSet<>(Set.of(node.identifier()))));
    for (Edge edge : scene.edges()) {
      join(group, edge.left(), edge.right());
    }
    for (Decision decision : scene.decisions()) {
      if (group.containsKey(decision.left()) && group.containsKey(decision.right())) {
        join(group, decision.left(), decision.right());
      }
    }
    return new ArrayList<>(new HashSet<>(group.values()));
  }

  private static void join(Map<Identifier, Set<Identifier>> group, Identifier a, Identifier b) {
    Set<Identifier> all = new HashSet<>(group.get(a));
    all.addAll(group.get(b));
    all.forEach(member -> group.put(member, all));
  }

  static Scene only(Scene scene, Set<Identifier> group) {
    return new Scene(
        scene.nodes().stream().filter(node -> group.contains(node.identifier())).toList(),
        scene.edges().stream().filter(edge -> group.contains(edge.left())).toList(),
        scene.decisions().stream()
            .filter(d -> group.contains(d.left()) && group.contains(d.right()))
            .toList());
  }

  /** Decisions that no newer one on the same pair replaces, on identifiers that are there. */
  static List<Decision> holding(Scene scene, Decision.Kind kind) {
    Set<Identifier> there = new HashSet<>();
    scene.nodes().forEach(node -> there.add(node.identifier()));
    Map<List<Identifier>, Decision> newest = new HashMap<>();
    for (Decision d : scene.decisions()) {
      if (there.contains(d.left()) && there.contains(d.right())) {
        newest.merge(List.of(d.left(), d.right()), d, (a, b) -> replaces(a, b) ? a : b);
      }
    }
    return newest.values().stream().filter(d -> d.kind() == kind).toList();
  }

  private static boolean replaces(Decision one, Decision other) {
    return one.atMicros() != other.atMicros()
        ? one.atMicros() > other.atMicros()
        : one.kind() == Decision.Kind.CANNOT_LINK;
  }

  /** From when to when a value was seen. */
  static long[] span(Scene scene, Identifier value) {
    long[] span = {Long.MAX_VALUE, Long.MIN_VALUE};
    for (Node node : scene.nodes()) {
      if (node.identifier().equals(value)) {
        span[0] = Math.min(span[0], node.firstSeenMicros());
        span[1] = Math.max(span[1], node.firstSeenMicros());
      }
    }
    for (Edge edge : scene.edges()) {
      boolean its = edge.left().equals(value) || edge.right().equals(value);
      if (its && !edge.left().equals(edge.right())) {
        span[0] = Math.min(span[0], edge.firstSeenMicros());
        span[1] = Math.max(span[1], edge.lastSeenMicros());
      }
    }
    return span;
  }
}
