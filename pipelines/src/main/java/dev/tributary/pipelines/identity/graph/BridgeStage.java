package dev.tributary.pipelines.identity.graph;

import java.util.HashMap;
import java.util.Map;

/** Holds dense parts apart that only weak evidence joins, as {@link BridgeRule} says. */
final class BridgeStage implements Stage {
  private final BridgeRule rule;
  private final int[] weight;
  private final long threshold;

  /**
   * @param weight identifiers in each cluster
   */
  BridgeStage(BridgeRule rule, int[] weight) {
    this.rule = rule;
    this.weight = weight;
    this.threshold = Links.strength(rule.below());
  }

  @Override
  public int[] refine(Links links, int[] label) {
    if (threshold == 0) {
      return label;
    }
    Pieces pieces = new Pieces(links, label);
    UnionFind parts = new UnionFind(label.length);
    Part[] part = new Part[label.length];
    for (int root : pieces.roots()) {
      if (pieces.memberCount(root) == 1) {
        continue;
      }
      refine(links, pieces.members(root), pieces.links(root), parts, part);
    }
    return parts.labels();
  }

  /** What is known of a part before any weak evidence is taken. */
  private static final class Part {
    long identifiers;
    long ends;
    boolean dense;
  }

  private void refine(Links links, int[] members, int[] inside, UnionFind parts, Part[] part) {
    for (int link : inside) {
      if (links.strength[link] >= threshold) {
        parts.union(links.u[link], links.v[link]);
      }
    }
    if (denseParts(links, members, inside, parts, part) < 2) {
      for (int link : inside) {
        parts.union(links.u[link], links.v[link]);
      }
      return;
    }
    hangLooseParts(links, inside, parts, part);
    joinByAllEvidence(links, inside, parts);
  }

  private int denseParts(Links links, int[] members, int[] inside, UnionFind parts, Part[] part) {
    for (int member : members) {
      int root = parts.find(member);
      part[root] = part[root] == null ? new Part() : part[root];
      part[root].identifiers += weight[member];
      part[root].ends += 2L * (weight[member] - 1);
    }
    for (int link : inside) {
      int root = parts.find(links.u[link]);
      if (root == parts.find(links.v[link])) {
        part[root].ends += 2;
      }
    }
    int dense = 0;
    for (int member : members) {
      Part own = part[member];
      if (own != null
          && own.identifiers >= rule.minSide()
          && own.ends >= rule.minDegree() * own.identifiers) {
        own.dense = true;
        dense++;
      }
    }
    return dense;
  }

  /** The strongest first: parts that are not dense go to whom they are nearest. */
  private static void hangLooseParts(Links links, int[] inside, UnionFind parts, Part[] part) {
    Map<Long, Long> between = between(links, inside, parts);
    long[][] sums =
        between.entrySet().stream()
            .map(entry -> new long[] {entry.getValue(), entry.getKey()})
            .sorted((a, b) -> a[0] != b[0] ? Long.compare(b[0], a[0]) : Long.compare(a[1], b[1]))
            .toArray(long[][]::new);
    for (long[] sum : sums) {
      int one = parts.find((int) (sum[1] >>> Integer.SIZE));
      int other = parts.find((int) sum[1]);
      if (one != other && !(part[one].dense && part[other].dense)) {
        boolean dense = part[one].dense || part[other].dense;
        parts.union(one, other);
        part[parts.find(one)].dense = dense;
      }
    }
  }

  private void joinByAllEvidence(Links links, int[] inside, UnionFind parts) {
    between(links, inside, parts)
        .forEach(
            (pair, sum) -> {
              if (sum >= threshold) {
                parts.union((int) (pair >>> Integer.SIZE), pair.intValue());
              }
            });
  }

  /** The sum of the evidence between each two parts, by their roots. */
  private static Map<Long, Long> between(Links links, int[] inside, UnionFind parts) {
    Map<Long, Long> sums = new HashMap<>();
    for (int link : inside) {
      int a = parts.find(links.u[link]);
      int b = parts.find(links.v[link]);
      if (a != b) {
        long pair = ((long) Math.min(a, b) << Integer.SIZE) | Math.max(a, b);
        sums.merge(pair, links.strength[link], Long::sum);
      }
    }
    return sums;
  }

  @Override
  public DropReason reason() {
    return DropReason.WEAK_BRIDGE;
  }

  @Override
  public String detail(int link) {
    return "all evidence between the two parts together is below " + rule.below();
  }
}
