package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The input as a set: identifiers numbered in their order, edges sorted, repetitions merged, edges
 * from a value to itself left out.
 */
final class Evidence {
  final Identifier[] identifiers;
  final long[] firstSeen;
  final List<Edge> edges;
  private final Map<Identifier, Integer> numbers;

  Evidence(List<Node> nodes, List<Edge> edges) {
    this.edges = merged(edges);
    Set<Identifier> all = new HashSet<>(2 * nodes.size());
    nodes.forEach(node -> all.add(node.identifier()));
    for (Edge edge : this.edges) {
      all.add(edge.left());
      all.add(edge.right());
    }
    this.identifiers = all.toArray(Identifier[]::new);
    Arrays.sort(identifiers);
    this.numbers = new HashMap<>(identifiers.length * 2);
    for (int i = 0; i < identifiers.length; i++) {
      numbers.put(identifiers[i], i);
    }
    this.firstSeen = firstSeen(nodes);
  }

  private static List<Edge> merged(List<Edge> edges) {
    List<Edge> merged = new ArrayList<>(edges.size());
    Edge[] sorted = edges.toArray(Edge[]::new);
    Arrays.sort(sorted);
    for (Edge edge : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).repeats(edge)) {
        merged.set(last, merged.get(last).merged(edge));
      } else if (!edge.left().equals(edge.right())) {
        merged.add(edge);
      }
    }
    return merged;
  }

  /** As the nodes say; for an identifier without a node, when its oldest edge was seen. */
  private long[] firstSeen(List<Node> nodes) {
    long[] byNode = new long[identifiers.length];
    Arrays.fill(byNode, Long.MAX_VALUE);
    boolean[] told = new boolean[identifiers.length];
    for (Node node : nodes) {
      int i = number(node.identifier());
      byNode[i] = Math.min(byNode[i], node.firstSeenMicros());
      told[i] = true;
    }
    for (Edge edge : edges) {
      seen(byNode, told, number(edge.left()), edge.firstSeenMicros());
      seen(byNode, told, number(edge.right()), edge.firstSeenMicros());
    }
    return byNode;
  }

  private static void seen(long[] byNode, boolean[] told, int i, long micros) {
    if (!told[i]) {
      byNode[i] = Math.min(byNode[i], micros);
    }
  }

  int size() {
    return identifiers.length;
  }

  /** Identifiers of a type. */
  int count(String type) {
    int count = 0;
    for (Identifier identifier : identifiers) {
      count += type.equals(Limit.ANY) || type.equals(identifier.type()) ? 1 : 0;
    }
    return count;
  }

  boolean has(Identifier identifier) {
    return numbers.containsKey(identifier);
  }

  int number(Identifier identifier) {
    return numbers.get(identifier);
  }

  /** Whether the first is older: by (first seen, type, value). */
  boolean older(int one, int other) {
    return firstSeen[one] != firstSeen[other] ? firstSeen[one] < firstSeen[other] : one < other;
  }
}
