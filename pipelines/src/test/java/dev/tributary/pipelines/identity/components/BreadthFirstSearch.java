package dev.tributary.pipelines.identity.components;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Components the plain way, for comparison; shares nothing with the engines. */
final class BreadthFirstSearch {
  private BreadthFirstSearch() {}

  /** Each vertex with the smallest vertex that it can be reached from. */
  static Map<Long, Long> components(List<Edge> edges) {
    Map<Long, List<Long>> neighbours = new HashMap<>();
    for (Edge edge : edges) {
      neighbours.computeIfAbsent(edge.src(), v -> new ArrayList<>()).add(edge.dst());
      neighbours.computeIfAbsent(edge.dst(), v -> new ArrayList<>()).add(edge.src());
    }
    Map<Long, Long> components = new TreeMap<>();
    for (long start : new TreeSet<>(neighbours.keySet())) {
      if (components.putIfAbsent(start, start) == null) {
        reach(start, neighbours, components);
      }
    }
    return components;
  }

  private static void reach(
      long start, Map<Long, List<Long>> neighbours, Map<Long, Long> components) {
    Deque<Long> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      for (long neighbour : neighbours.get(next.remove())) {
        if (components.putIfAbsent(neighbour, start) == null) {
          next.add(neighbour);
        }
      }
    }
  }
}
