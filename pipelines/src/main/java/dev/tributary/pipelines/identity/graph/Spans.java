package dev.tributary.pipelines.identity.graph;

import java.util.Arrays;
import java.util.List;

/** For each cluster whether it has values of a type, and from when to when they were seen. */
final class Spans {
  final boolean[] present;
  final long[] from;
  final long[] to;

  private Spans(int size) {
    this.present = new boolean[size];
    this.from = new long[size];
    this.to = new long[size];
    Arrays.fill(from, Long.MAX_VALUE);
    Arrays.fill(to, Long.MIN_VALUE);
  }

  /**
   * Spans of a type.
   *
   * @param edges that count
   * @param cluster of each identifier
   */
  static Spans of(String type, Evidence evidence, List<Edge> edges, int[] cluster) {
    Spans spans = new Spans(cluster.length);
    for (int i = 0; i < cluster.length; i++) {
      if (type.equals(Limit.ANY) || type.equals(evidence.identifiers[i].type())) {
        spans.present[cluster[i]] = true;
        spans.extend(cluster[i], evidence.firstSeen[i], evidence.firstSeen[i]);
      }
    }
    for (Edge edge : edges) {
      for (Identifier end : List.of(edge.left(), edge.right())) {
        if (type.equals(Limit.ANY) || type.equals(end.type())) {
          spans.extend(
              cluster[evidence.number(end)], edge.firstSeenMicros(), edge.lastSeenMicros());
        }
      }
    }
    return spans;
  }

  private void extend(int cluster, long first, long last) {
    from[cluster] = Math.min(from[cluster], first);
    to[cluster] = Math.max(to[cluster], last);
  }
}
