package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The pairs of clusters that evidence links, the strongest first; evidence on one pair is taken as
 * independent, so that its confidence is 1 − Π(1 − c).
 *
 * <p>Strength is −ln(1 − confidence) in units of {@link #NAT}: a sum over a cut tells how likely it
 * is that all evidence over the cut is wrong. Whole numbers, so that no sum depends on its order.
 */
final class Links {
  /** −ln(1 − c) = 1. */
  static final long NAT = 1L << 30;

  private static final double CERTAIN = 1 - 1e-6;
  private static final long A_DOUBLING_OF_OBSERVATIONS = 1L << 20;

  /** A pair of clusters, {@code u < v}. */
  private record Link(int u, int v, long strength, long bonus, int rank) {
    /** Strongest first, then by number: a total order. */
    static int order(Link one, Link other) {
      int byStrength = Long.compare(other.strength + other.bonus, one.strength + one.bonus);
      if (byStrength != 0) {
        return byStrength;
      }
      return one.u != other.u ? Integer.compare(one.u, other.u) : Integer.compare(one.v, other.v);
    }

    Link and(Link more) {
      int stronger = Math.min(rank, more.rank);
      return new Link(u, v, strength + more.strength, Math.max(bonus, more.bonus), stronger);
    }
  }

  final int clusters;
  final int size;
  final int[] u;
  final int[] v;

  /** Evidence of the pair, without regard to how often it was observed. */
  final long[] strength;

  /** Evidence with a bonus, smaller than any difference of note, for frequent observation. */
  final long[] weight;

  /** Of the stronger evidence on the pair, 0 the strongest. */
  final int[] rank;

  private Links(int clusters, List<Link> links) {
    this.clusters = clusters;
    this.size = links.size();
    this.u = new int[size];
    this.v = new int[size];
    this.strength = new long[size];
    this.weight = new long[size];
    this.rank = new int[size];
    for (int i = 0; i < size; i++) {
      Link link = links.get(i);
      u[i] = link.u;
      v[i] = link.v;
      strength[i] = link.strength;
      weight[i] = link.strength + link.bonus;
      rank[i] = link.rank;
    }
  }

  /**
   * Links of the clusters that these edges join.
   *
   * @param cluster of each identifier
   */
  static Links of(Evidence evidence, List<Edge> edges, int[] cluster, GraphRules rules) {
    List<Link> links = new ArrayList<>(edges.size());
    for (Edge edge : edges) {
      int a = cluster[evidence.number(edge.left())];
      int b = cluster[evidence.number(edge.right())];
      if (a != b) {
        int rank = Math.max(rules.rank(edge.left().type()), rules.rank(edge.right().type()));
        long strength = strength(edge.confidence());
        links.add(new Link(Math.min(a, b), Math.max(a, b), strength, bonus(edge), rank));
      }
    }
    return new Links(evidence.size(), combined(links));
  }

  private static List<Link> combined(List<Link> links) {
    links.sort((a, b) -> a.u != b.u ? Integer.compare(a.u, b.u) : Integer.compare(a.v, b.v));
    List<Link> combined = new ArrayList<>(links.size());
    for (Link link : links) {
      int last = combined.size() - 1;
      if (last >= 0 && combined.get(last).u == link.u && combined.get(last).v == link.v) {
        combined.set(last, combined.get(last).and(link));
      } else {
        combined.add(link);
      }
    }
    Collections.sort(combined, Link::order);
    return combined;
  }

  static long strength(double confidence) {
    return Math.round(-StrictMath.log1p(-Math.min(confidence, CERTAIN)) * NAT);
  }

  static double confidence(long strength) {
    return -StrictMath.expm1(-(double) strength / NAT);
  }

  private static long bonus(Edge edge) {
    return (Long.SIZE - Long.numberOfLeadingZeros(edge.observations()))
        * A_DOUBLING_OF_OBSERVATIONS;
  }
}
