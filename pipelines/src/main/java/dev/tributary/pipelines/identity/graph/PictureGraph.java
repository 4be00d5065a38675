package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a resolution is drawn: a bounded part of it, numbered. */
final class PictureGraph {
  /** Two identifiers that are drawn, and all evidence on them. */
  record Line(int left, int right, List<Edge> kept, List<DroppedEdge> dropped) {
    boolean joins() {
      return !kept.isEmpty();
    }

    double confidence() {
      double strongest = kept.stream().mapToDouble(Edge::confidence).max().orElse(0);
      return joins()
          ? strongest
          : dropped.stream().mapToDouble(d -> d.edge().confidence()).max().orElse(0);
    }
  }

  final List<Identifier> nodes;
  final List<Line> lines;

  /** For each node its profile; null for one that is excluded. */
  final Profile[] profiles;

  final int hiddenNodes;
  final int hiddenLines;

  PictureGraph(Resolution resolution, PictureOptions options) {
    Map<Identifier, Profile> profileOf = new HashMap<>();
    Set<Identifier> all = new TreeSet<>();
    for (Profile profile : resolution.profiles()) {
      profile.members().forEach(member -> profileOf.put(member, profile));
      all.addAll(profile.members());
    }
    resolution.excluded().forEach(excluded -> all.add(excluded.identifier()));
    Map<List<Identifier>, Line> pairs = pairs(resolution);
    this.nodes = shown(all, pairs.keySet(), resolution, options);
    this.profiles = nodes.stream().map(profileOf::get).toArray(Profile[]::new);
    this.lines = lines(pairs);
    this.hiddenNodes = all.size() - nodes.size();
    this.hiddenLines = pairs.size() - lines.size();
  }

  private static Map<List<Identifier>, Line> pairs(Resolution resolution) {
    Map<List<Identifier>, Line> pairs = new TreeMap<>(PictureGraph::order);
    resolution.kept().forEach(edge -> line(pairs, edge).kept.add(edge));
    resolution.dropped().forEach(edge -> line(pairs, edge.edge()).dropped.add(edge));
    return pairs;
  }

  private static int order(List<Identifier> one, List<Identifier> other) {
    int byLeft = one.get(0).compareTo(other.get(0));
    return byLeft != 0 ? byLeft : one.get(1).compareTo(other.get(1));
  }

  private static Line line(Map<List<Identifier>, Line> pairs, Edge edge) {
    return pairs.computeIfAbsent(
        List.of(edge.left(), edge.right()),
        key -> new Line(-1, -1, new ArrayList<>(), new ArrayList<>()));
  }

  /** Breadth first from the focus, or from the oldest of the largest profile. */
  private static List<Identifier> shown(
      Set<Identifier> all,
      Collection<List<Identifier>> pairs,
      Resolution resolution,
      PictureOptions options) {
    if (all.size() <= options.maxNodes()) {
      return List.copyOf(all);
    }
    Map<Identifier, TreeSet<Identifier>> neighbours = new HashMap<>();
    for (List<Identifier> pair : pairs) {
      neighbours.computeIfAbsent(pair.get(0), key -> new TreeSet<>()).add(pair.get(1));
      neighbours.computeIfAbsent(pair.get(1), key -> new TreeSet<>()).add(pair.get(0));
    }
    Set<Identifier> shown = new LinkedHashSet<>(options.focus());
    shown.retainAll(all);
    if (shown.isEmpty()) {
      largest(resolution).ifPresent(profile -> shown.add(profile.oldest()));
    }
    List<Identifier> queue = new ArrayList<>(shown);
    for (int i = 0; i < queue.size() && shown.size() < options.maxNodes(); i++) {
      for (Identifier next : neighbours.getOrDefault(queue.get(i), new TreeSet<>())) {
        if (shown.size() < options.maxNodes() && shown.add(next)) {
          queue.add(next);
        }
      }
    }
    return shown.stream().limit(options.maxNodes()).sorted().toList();
  }

  private static Optional<Profile> largest(Resolution resolution) {
    Profile largest = null;
    for (Profile profile : resolution.profiles()) {
      boolean larger = largest == null || profile.members().size() > largest.members().size();
      largest = larger ? profile : largest;
    }
    return Optional.ofNullable(largest);
  }

  private List<Line> lines(Map<List<Identifier>, Line> pairs) {
    Map<Identifier, Integer> numbers = new HashMap<>();
    nodes.forEach(node -> numbers.put(node, numbers.size()));
    List<Line> lines = new ArrayList<>();
    pairs.forEach(
        (pair, line) -> {
          Integer left = numbers.get(pair.get(0));
          Integer right = numbers.get(pair.get(1));
          if (left != null && right != null) {
            lines.add(new Line(left, right, line.kept, line.dropped));
          }
        });
    return lines;
  }
}
