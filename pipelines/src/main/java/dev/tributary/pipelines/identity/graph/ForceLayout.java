package dev.tributary.pipelines.identity.graph;

import java.util.SplittableRandom;

/**
 * Places vertices so that linked ones are near and all others apart, after T. Fruchterman and E.
 * Reingold, "Graph drawing by force-directed placement" (1991), with a pull to the centre of each
 * group and a fixed seed: the same graph always looks the same. Quadratic in the vertices.
 */
final class ForceLayout {
  private static final double DISTANCE = 92;
  private static final double LEAST_DISTANCE = 76;

  /** How far the members of one profile push each other away, and those of different ones. */
  private static final double FRIENDS_REACH = 4 * DISTANCE;

  private static final double STRANGERS_REACH = 5 * DISTANCE;
  private static final int ROUNDS = 400;
  private static final int SPREADING_ROUNDS = 60;
  private static final long SEED = 20_17;

  final double[] x;
  final double[] y;
  private final double[] forceX;
  private final double[] forceY;

  private ForceLayout(int vertices) {
    x = new double[vertices];
    y = new double[vertices];
    forceX = new double[vertices];
    forceY = new double[vertices];
    SplittableRandom random = new SplittableRandom(SEED);
    double side = DISTANCE * Math.sqrt(Math.max(1, vertices));
    for (int i = 0; i < vertices; i++) {
      x[i] = (random.nextDouble() - 0.5) * side;
      y[i] = (random.nextDouble() - 0.5) * side * 0.7;
    }
  }

  /** Places the nodes of a picture; profiles are the groups. */
  static ForceLayout of(PictureGraph graph) {
    ForceLayout layout = new ForceLayout(graph.nodes.size());
    int[] group = groups(graph);
    for (int round = 0; round < ROUNDS; round++) {
      layout.round(graph, group, DISTANCE * 0.8 * (1 - round / (double) ROUNDS) + 1);
    }
    for (int round = 0; round < SPREADING_ROUNDS; round++) {
      layout.spread();
    }
    return layout;
  }

  /** For each node the first one of its profile; its own number when it has none. */
  private static int[] groups(PictureGraph graph) {
    int[] group = new int[graph.nodes.size()];
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
      for (int j = 0; j < i && group[i] == i; j++) {
        boolean same = graph.profiles[i] != null && graph.profiles[i] == graph.profiles[j];
        group[i] = same ? j : i;
      }
    }
    return group;
  }

  private void round(PictureGraph graph, int[] group, double furthest) {
    for (int i = 0; i < x.length; i++) {
      forceX[i] = -x[i] * 0.05;
      forceY[i] = -y[i] * 0.09;
    }
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        double apart = Math.max(1, distance(i, j));
        double reach = group[i] == group[j] ? FRIENDS_REACH : STRANGERS_REACH;
        if (apart < reach) {
          pull(i, j, -reach * DISTANCE / 4 * (1 / (apart * apart) - 1 / (reach * reach)));
        }
      }
    }
    for (PictureGraph.Line line : graph.lines) {
      double apart = distance(line.left(), line.right());
      pull(line.left(), line.right(), apart / DISTANCE * (line.joins() ? 1 : 0.15));
    }
    for (int i = 0; i < x.length; i++) {
      if (group[i] != i) {
        pull(i, group[i], 0.1);
      }
    }
    move(furthest);
  }

  private void move(double furthest) {
    for (int i = 0; i < x.length; i++) {
      double length = Math.max(1e-9, Math.sqrt(forceX[i] * forceX[i] + forceY[i] * forceY[i]));
      double step = Math.min(length, furthest) / length;
      x[i] += forceX[i] * step;
      y[i] += forceY[i] * step;
    }
  }

  /** Pulls two together, or apart, with a force in proportion to their distance. */
  private void pull(int one, int other, double factor) {
    double dx = x[other] - x[one];
    double dy = y[other] - y[one];
    forceX[one] += dx * factor;
    forceY[one] += dy * factor;
    forceX[other] -= dx * factor;
    forceY[other] -= dy * factor;
  }

  private double distance(int one, int other) {
    double dx = x[one] - x[other];
    double dy = y[one] - y[other];
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** Pushes those apart whose labels would touch. */
  private void spread() {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        double apart = distance(i, j);
        if (apart < LEAST_DISTANCE) {
          double push = (LEAST_DISTANCE - apart) / 2 / Math.max(1, apart);
          double dx = (apart < 1 ? 1 : x[i] - x[j]) * push;
          double dy = (apart < 1 ? j - i : y[i] - y[j]) * push;
          x[i] += dx;
          y[i] += dy;
          x[j] -= dx;
          y[j] -= dy;
        }
      }
    }
  }
}
