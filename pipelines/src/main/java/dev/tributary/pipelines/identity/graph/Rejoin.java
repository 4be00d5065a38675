package dev.tributary.pipelines.identity.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Joins the clusters of a piece that exceeds a limit again, as far as the limit goes. */
final class Rejoin {
  private static final int[] NOTHING = {};

  private final Links links;
  private final Tally tally;

  /** All evidence up to the present priority. */
  private final UnionFind all;

  /** What was kept of it. */
  private final UnionFind kept;

  /** For each root of what was kept how many clusters count. */
  private final int[] number;

  /** And which, where a window asks for it. */
  private final int[][] counted;

  /** Whether a root had values of the type, with others, before the present priority. */
  private final boolean[] settled;

  Rejoin(Links links, Tally tally) {
    this.links = links;
    this.tally = tally;
    this.all = new UnionFind(links.clusters);
    this.kept = new UnionFind(links.clusters);
    this.number = new int[links.clusters];
    this.counted = new int[links.clusters][];
    this.settled = new boolean[links.clusters];
  }

  /**
   * Joins.
   *
   * @param inside the links among the members, the strongest first
   * @param label of each cluster; those of the members are set
   */
  void rejoin(int[] members, int[] inside, int[] label) {
    for (int member : members) {
      number[member] = tally.counts(member) ? 1 : 0;
      boolean which = number[member] > 0 && !tally.numberOnly();
      counted[member] = which ? new int[] {member} : NOTHING;
    }
    int[] priorities =
        IntStream.of(inside).map(link -> links.rank[link]).distinct().sorted().toArray();
    for (int priority : priorities) {
      int[] now = IntStream.of(inside).filter(link -> links.rank[link] == priority).toArray();
      take(now, exceeding(members, now));
      settle(members);
    }
    for (int member : members) {
      label[member] = kept.find(member);
      counted[member] = null;
    }
  }

  /** Whether the limit is exceeded where all evidence so far is taken, by root. */
  private boolean[] exceeding(int[] members, int[] now) {
    for (int link : now) {
      all.union(links.u[link], links.v[link]);
    }
    Map<Integer, Integer> sizes = new HashMap<>();
    for (int member : members) {
      if (tally.counts(member)) {
        sizes.merge(all.find(member), 1, Integer::sum);
      }
    }
    Map<Integer, int[]> groups = new HashMap<>();
    sizes.forEach((root, size) -> groups.put(root, new int[size]));
    for (int i = members.length - 1; i >= 0; i--) {
      if (tally.counts(members[i])) {
        int root = all.find(members[i]);
        groups.get(root)[sizes.merge(root, -1, Integer::sum)] = members[i];
      }
    }
    boolean[] exceeding = new boolean[0];
    for (Map.Entry<Integer, int[]> group : groups.entrySet()) {
      if (tally.exceeding(group.getValue())) {
        exceeding = exceeding.length == 0 ? new boolean[links.clusters] : exceeding;
        exceeding[group.getKey()] = true;
      }
    }
    return exceeding;
  }

  private void take(int[] now, boolean[] exceeding) {
    for (int link : now) {
      int one = kept.find(links.u[link]);
      int other = kept.find(links.v[link]);
      boolean free = exceeding.length == 0 || !exceeding[all.find(one)];
      if (one != other && (free || fits(one, other))) {
        boolean either = settled[one] || settled[other];
        int[] together = together(counted[one], counted[other]);
        int sum = number[one] + number[other];
        kept.union(one, other);
        int root = kept.find(one);
        number[root] = sum;
        settled[root] = either;
        counted[root] = together;
      }
    }
  }

  private boolean fits(int one, int other) {
    if (settled[one] && settled[other]) {
      return false;
    }
    if (number[one] == 0 || number[other] == 0 || !tally.tooMany(number[one] + number[other])) {
      return true;
    }
    return !tally.numberOnly() && !tally.exceeding(together(counted[one], counted[other]));
  }

  private static int[] together(int[] one, int[] other) {
    if (one.length == 0 || other.length == 0) {
      return one.length == 0 ? other : one;
    }
    int[] together = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, together, one.length, other.length);
    return together;
  }

  private void settle(int[] members) {
    for (int member : members) {
      int root = kept.find(member);
      settled[root] |= root != member && number[root] > 0;
    }
  }
}
