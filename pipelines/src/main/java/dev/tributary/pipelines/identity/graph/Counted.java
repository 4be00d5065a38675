package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The evidence that counts: neither refused by itself, nor of a hub. */
final class Counted {
  private final List<Edge> edges = new ArrayList<>();
  private final List<DroppedEdge> dropped = new ArrayList<>();
  private final Map<Identifier, Excluded> excluded = new TreeMap<>();

  Counted(GraphRules rules, Evidence evidence, Rulings rulings, Set<Identifier> knownHubs) {
    Admission admission = new Admission(rules);
    List<Edge> admitted = new ArrayList<>(evidence.edges.size());
    for (Edge edge : evidence.edges) {
      Optional<DroppedEdge> refused = admission.refuses(edge);
      refused.ifPresentOrElse(dropped::add, () -> admitted.add(edge));
    }
    Map<Identifier, String> hubs = new Hubs(rules.hubs()).among(admitted);
    for (Edge edge : admitted) {
      if (hubs.containsKey(edge.left()) || hubs.containsKey(edge.right())) {
        Identifier hub = hubs.containsKey(edge.left()) ? edge.left() : edge.right();
        dropped.add(new DroppedEdge(edge, DropReason.HUB, hub.type() + " " + hubs.get(hub)));
      } else {
        edges.add(edge);
      }
    }
    exclude(evidence, rulings, admission, hubs, knownHubs);
  }

  /** An identifier that a must-link ties to another stays, if only for that. */
  private void exclude(
      Evidence evidence,
      Rulings rulings,
      Admission admission,
      Map<Identifier, String> hubs,
      Set<Identifier> knownHubs) {
    boolean[] tied = new boolean[evidence.size()];
    for (Decision must : rulings.mustLinks) {
      tied[rulings.left(must)] = true;
      tied[rulings.right(must)] = true;
    }
    Map<Identifier, String> all = new HashMap<>();
    knownHubs.forEach(hub -> all.put(hub, "a hub"));
    all.putAll(hubs);
    for (int i = 0; i < evidence.size(); i++) {
      Identifier identifier = evidence.identifiers[i];
      Optional<Excluded> nobody =
          admission
              .blocks(identifier)
              .or(
                  () ->
                      Optional.ofNullable(all.get(identifier))
                          .map(detail -> new Excluded(identifier, DropReason.HUB, detail)));
      if (nobody.isPresent() && !tied[i]) {
        excluded.put(identifier, nobody.get());
      }
    }
  }

  /** Sorted. */
  List<Edge> edges() {
    return edges;
  }

  List<DroppedEdge> dropped() {
    return dropped;
  }

  boolean isExcluded(Identifier identifier) {
    return excluded.containsKey(identifier);
  }

  List<Excluded> excluded() {
    return List.copyOf(excluded.values());
  }

  /** Finds hubs: one pass over the edges for each rule. */
  private record Hubs(List<HubRule> rules) {
    /** Each hub, and why it is one. */
    Map<Identifier, String> among(List<Edge> sorted) {
      Map<Identifier, String> hubs = new HashMap<>();
      for (HubRule rule : rules) {
        if (sorted.size() <= rule.max()) {
          continue;
        }
        degrees(rule, sorted)
            .forEach(
                (identifier, degree) -> {
                  if (degree[0] > rule.max()) {
                    hubs.putIfAbsent(identifier, rule.words(degree[0]));
                  }
                });
      }
      return hubs;
    }

    private static Map<Identifier, long[]> degrees(HubRule rule, List<Edge> sorted) {
      Map<Identifier, long[]> degrees = new HashMap<>();
      Edge before = null;
      for (Edge edge : sorted) {
        boolean samePair =
            before != null
                && before.left().equals(edge.left())
                && before.right().equals(edge.right());
        before = edge;
        if (!samePair) {
          count(rule, edge.left(), edge.right(), degrees);
          count(rule, edge.right(), edge.left(), degrees);
        }
      }
      return degrees;
    }

    private static void count(
        HubRule rule, Identifier one, Identifier neighbour, Map<Identifier, long[]> degrees) {
      if (rule.counts(one.type(), neighbour.type())) {
        degrees.computeIfAbsent(one, key -> new long[1])[0]++;
      }
    }
  }
}
