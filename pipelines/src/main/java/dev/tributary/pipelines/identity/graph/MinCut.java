package dev.tributary.pipelines.identity.graph;

import java.util.Arrays;

/**
 * The weakest evidence between two vertices: a minimum cut by Dinic's algorithm (E. A. Dinic,
 * "Algorithm for solution of a problem of maximum flow in networks with power estimation", 1970) on
 * an undirected network. Of the cut nearest to the source and the one nearest to the sink, which
 * differ only where cuts cost the same, the one with the larger smaller side is taken.
 */
final class MinCut {
  private final int vertices;
  private final int[] first;
  private final int[] next;
  private final int[] head;
  private final long[] residual;
  private final int[] level;
  private final int[] current;
  private final int[] queue;
  private int arcs;

  MinCut(int vertices, int edges) {
    this.vertices = vertices;
    this.first = new int[vertices];
    this.next = new int[2 * edges];
    this.head = new int[2 * edges];
    this.residual = new long[2 * edges];
    this.level = new int[vertices];
    this.current = new int[vertices];
    this.queue = new int[vertices];
    Arrays.fill(first, -1);
  }

  void edge(int u, int v, long capacity) {
    arc(u, v, capacity);
    arc(v, u, capacity);
  }

  private void arc(int from, int to, long capacity) {
    head[arcs] = to;
    residual[arcs] = capacity;
    next[arcs] = first[from];
    first[from] = arcs++;
  }

  /**
   * Cuts.
   *
   * @param work arcs it may look at
   * @return which vertices are on the source's side; null when there was too much work
   */
  boolean[] cut(int source, int sink, Work work) {
    while (layered(source, sink, work)) {
      System.arraycopy(first, 0, current, 0, vertices);
      saturate(source, sink, work);
      if (work.exhausted()) {
        return null;
      }
    }
    if (work.exhausted()) {
      return null;
    }
    boolean[] nearSource = reached(source, false);
    boolean[] nearSink = reached(sink, true);
    return smallerSide(nearSource) >= smallerSide(nearSink) ? nearSource : inverted(nearSink);
  }

  /** Breadth first: the distance of each vertex from the source over arcs that are not full. */
  private boolean layered(int source, int sink, Work work) {
    Arrays.fill(level, -1);
    level[source] = 0;
    queue[0] = source;
    int filled = 1;
    for (int i = 0; i < filled && level[sink] < 0; i++) {
      for (int arc = first[queue[i]]; arc >= 0; arc = next[arc]) {
        work.spend(1);
        if (residual[arc] > 0 && level[head[arc]] < 0) {
          level[head[arc]] = level[queue[i]] + 1;
          queue[filled++] = head[arc];
        }
      }
    }
    return level[sink] >= 0 && !work.exhausted();
  }

  /** Depth first without recursion: fills shortest paths until none is left. */
  private void saturate(int source, int sink, Work work) {
    int[] path = new int[vertices];
    int length = 0;
    int at = source;
    while (!work.exhausted()) {
      if (at == sink) {
        length = augment(path, length);
        at = length == 0 ? source : head[path[length - 1]];
        continue;
      }
      int arc = current[at];
      while (arc >= 0 && !(residual[arc] > 0 && level[head[arc]] == level[at] + 1)) {
        arc = next[arc];
        work.spend(1);
      }
      current[at] = arc;
      if (arc >= 0) {
        path[length++] = arc;
        at = head[arc];
      } else if (length == 0) {
        return;
      } else {
        at = head[path[--length] ^ 1];
        current[at] = next[current[at]];
      }
      work.spend(1);
    }
  }

  /** Sends what the path can carry; answers how much of the path remains before a full arc. */
  private int augment(int[] path, int length) {
    long flow = Long.MAX_VALUE;
    for (int i = 0; i < length; i++) {
      flow = Math.min(flow, residual[path[i]]);
    }
    int remains = length;
    for (int i = length - 1; i >= 0; i--) {
      residual[path[i]] -= flow;
      residual[path[i] ^ 1] += flow;
      remains = residual[path[i]] == 0 ? i : remains;
    }
    return remains;
  }

  private boolean[] reached(int start, boolean backwards) {
    boolean[] reached = new boolean[vertices];
    reached[start] = true;
    queue[0] = start;
    int filled = 1;
    for (int i = 0; i < filled; i++) {
      for (int arc = first[queue[i]]; arc >= 0; arc = next[arc]) {
        if (residual[backwards ? arc ^ 1 : arc] > 0 && !reached[head[arc]]) {
          reached[head[arc]] = true;
          queue[filled++] = head[arc];
        }
      }
    }
    return reached;
  }

  private static boolean[] inverted(boolean[] side) {
    boolean[] inverted = new boolean[side.length];
    for (int i = 0; i < side.length; i++) {
      inverted[i] = !side[i];
    }
    return inverted;
  }

  private static int smallerSide(boolean[] side) {
    int in = 0;
    for (boolean inside : side) {
      in += inside ? 1 : 0;
    }
    return Math.min(in, side.length - in);
  }
}
