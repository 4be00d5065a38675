package dev.tributary.pipelines.identity.components;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/** Random graphs of the shapes that are hard, on vertices 0 to n - 1. */
final class Graphs {
  /** How a graph's edges are drawn. */
  enum Shape {
    CHAIN,
    HUB,
    CLIQUE,
    TREE,
    CYCLE,
    SPARSE,
    DENSE,
    LONERS,
    /** Two halves of many components, joined one by one through the last edges. */
    JOINED_LATE
  }

  private Graphs() {}

  static List<Edge> draw(Shape shape, int vertices, Random random) {
    List<Edge> edges = new ArrayList<>();
    switch (shape) {
      case CHAIN -> follow(edges, vertices);
      case CYCLE -> {
        follow(edges, vertices);
        edges.add(new Edge(vertices - 1, 0));
      }
      case HUB -> each(vertices, v -> edges.add(new Edge(vertices / 2, v)));
      case CLIQUE -> each(vertices, v -> each(v, earlier -> edges.add(new Edge(v, earlier))));
      case TREE -> each(vertices - 1, v -> edges.add(new Edge(v + 1, random.nextInt(v + 1))));
      case SPARSE -> pairs(edges, vertices, vertices / 2 + 1, random);
      case DENSE -> pairs(edges, vertices, 3 * vertices, random);
      case LONERS -> each(vertices, v -> edges.add(new Edge(v, v)));
      case JOINED_LATE -> {
        each(vertices - 3, v -> edges.add(new Edge(v, v + 3)));
        edges.add(new Edge(Math.max(0, vertices - 3), vertices - 1));
        edges.add(new Edge(0, Math.min(1, vertices - 1)));
      }
    }
    return edges;
  }

  /** The edges under other names, some repeated, some turned, in another order. */
  static List<Edge> scramble(List<Edge> edges, long[] names, Random random) {
    List<Edge> scrambled = new ArrayList<>();
    for (Edge edge : edges) {
      Edge named = new Edge(names[(int) edge.src()], names[(int) edge.dst()]);
      scrambled.add(random.nextBoolean() ? named : named.turned());
      if (random.nextInt(5) == 0) {
        scrambled.add(random.nextBoolean() ? named : named.turned());
      }
    }
    Collections.shuffle(scrambled, random);
    return scrambled;
  }

  private static void follow(List<Edge> edges, int vertices) {
    each(vertices - 1, v -> edges.add(new Edge(v, v + 1)));
  }

  private static void pairs(List<Edge> edges, int vertices, int count, Random random) {
    each(count, i -> edges.add(new Edge(random.nextInt(vertices), random.nextInt(vertices))));
  }

  private static void each(int count, IntConsumer action) {
    for (int i = 0; i < count; i++) {
      action.accept(i);
    }
  }
}
