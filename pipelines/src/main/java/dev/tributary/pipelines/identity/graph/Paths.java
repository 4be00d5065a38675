package dev.tributary.pipelines.identity.graph;

import dev.tributary.pipelines.identity.graph.PathExplanation.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Ways through a resolution, over what was kept and what was dropped. */
final class Paths {
  private static final int NEAREST = 5;

  /** All evidence on one pair. */
  private static final class Pair {
    final List<Edge> kept = new ArrayList<>();
    final List<DroppedEdge> dropped = new ArrayList<>();

    double confidence() {
      return kept.stream().mapToDouble(Edge::confidence).max().orElse(0);
    }

    Step step(Identifier from, Identifier to, boolean withDropped) {
      List<Edge> evidence = new ArrayList<>(kept);
      if (withDropped) {
        dropped.forEach(edge -> evidence.add(edge.edge()));
      }
      evidence.sort(
          Comparator.comparingDouble(Edge::confidence)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));
      return new Step(from, to, evidence, withDropped ? dropped : List.of());
    }
  }

  private final Map<Identifier, TreeMap<Identifier, Pair>> neighbours = new HashMap<>();
  private final Map<Identifier, Profile> profiles = new HashMap<>();

  Paths(Resolution resolution) {
    for (Profile profile : resolution.profiles()) {
      profile.members().forEach(member -> profiles.put(member, profile));
      profile.members().forEach(this::neighboursOf);
    }
    resolution.excluded().forEach(excluded -> neighboursOf(excluded.identifier()));
    resolution.kept().forEach(edge -> pair(edge).kept.add(edge));
    resolution.dropped().forEach(edge -> pair(edge.edge()).dropped.add(edge));
  }

  private TreeMap<Identifier, Pair> neighboursOf(Identifier identifier) {
    return neighbours.computeIfAbsent(identifier, key -> new TreeMap<>());
  }

  private Pair pair(Edge edge) {
    Pair pair = neighboursOf(edge.left()).computeIfAbsent(edge.right(), key -> new Pair());
    neighboursOf(edge.right()).put(edge.left(), pair);
    return pair;
  }

  boolean knows(Identifier identifier) {
    return neighbours.containsKey(identifier);
  }

  Optional<Profile> profile(Identifier identifier) {
    return Optional.ofNullable(profiles.get(identifier));
  }

  /** A place on the way. */
  private record Visit(Identifier at, double width, int steps) {
    static final Comparator<Visit> WIDEST_FIRST =
        Comparator.comparingDouble(Visit::width)
            .reversed()
            .thenComparingInt(Visit::steps)
            .thenComparing(Visit::at);
  }

  /**
   * The path whose weakest step is the strongest, by Dijkstra's algorithm on widths, and of those
   * one with the fewest steps, by a search over steps of at least that width.
   */
  List<Step> strongest(Identifier from, Identifier to) {
    double width = widest(from, to);
    Map<Identifier, Identifier> cameFrom = new HashMap<>();
    Deque<Identifier> queue = new ArrayDeque<>(List.of(from));
    cameFrom.put(from, from);
    while (!queue.isEmpty() && !cameFrom.containsKey(to)) {
      Identifier at = queue.poll();
      neighbours
          .get(at)
          .forEach(
              (next, pair) -> {
                if (pair.confidence() >= width && cameFrom.putIfAbsent(next, at) == null) {
                  queue.add(next);
                }
              });
    }
    return steps(from, to, cameFrom, false);
  }

  private double widest(Identifier from, Identifier to) {
    PriorityQueue<Visit> queue = new PriorityQueue<>(Visit.WIDEST_FIRST);
    Map<Identifier, Double> best = new HashMap<>();
    queue.add(new Visit(from, 1, 0));
    while (!queue.isEmpty()) {
      Visit visit = queue.poll();
      if (best.putIfAbsent(visit.at, visit.width) != null) {
        continue;
      }
      if (visit.at.equals(to)) {
        return visit.width;
      }
      neighbours
          .get(visit.at)
          .forEach(
              (next, pair) -> {
                double width = Math.min(visit.width, pair.confidence());
                if (width > 0 && !best.containsKey(next)) {
                  queue.add(new Visit(next, width, visit.steps + 1));
                }
              });
    }
    return 1;
  }

  /** The path with the fewest broken steps, and of those one with the fewest steps. */
  List<Step> leastBroken(Identifier from, Identifier to) {
    Comparator<long[]> order =
        Comparator.<long[]>comparingLong(cost -> cost[0]).thenComparingLong(cost -> cost[1]);
    record Reach(Identifier at, Identifier before, long broken, long steps) {}
    PriorityQueue<Reach> queue =
        new PriorityQueue<>(
            Comparator.<Reach, long[]>comparing(r -> new long[] {r.broken, r.steps}, order)
                .thenComparing(Reach::at)
                .thenComparing(Reach::before));
    Map<Identifier, Identifier> cameFrom = new HashMap<>();
    queue.add(new Reach(from, from, 0, 0));
    while (!queue.isEmpty() && !cameFrom.containsKey(to)) {
      Reach reach = queue.poll();
      if (cameFrom.putIfAbsent(reach.at, reach.before) != null) {
        continue;
      }
      neighbours
          .get(reach.at)
          .forEach(
              (next, pair) -> {
                if (!cameFrom.containsKey(next)) {
                  long broken = reach.broken + (pair.kept.isEmpty() ? 1 : 0);
                  queue.add(new Reach(next, reach.at, broken, reach.steps + 1));
                }
              });
    }
    return cameFrom.containsKey(to) ? steps(from, to, cameFrom, true) : List.of();
  }

  private List<Step> steps(
      Identifier from, Identifier to, Map<Identifier, Identifier> cameFrom, boolean withDropped) {
    List<Step> steps = new ArrayList<>();
    for (Identifier at = to; !at.equals(from); at = cameFrom.get(at)) {
      Identifier before = cameFrom.get(at);
      steps.add(neighbours.get(before).get(at).step(before, at, withDropped));
    }
    Collections.reverse(steps);
    return steps;
  }

  /** The strongest links of an identifier, at most {@value #NEAREST}. */
  List<Step> near(Identifier identifier) {
    List<Step> near = new ArrayList<>();
    neighbours.get(identifier).forEach((next, pair) -> near.add(pair.step(identifier, next, true)));
    near.sort(Comparator.comparing(Step::broken).thenComparing(s -> -s.confidence()));
    return near.stream().limit(NEAREST).toList();
  }
}
