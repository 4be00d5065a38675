package dev.tributary.pipelines.identity.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Clusters and the links inside, piece by piece; links of a piece keep their order. */
final class Pieces {
  private final int[] roots;
  private final int[] memberEnd;
  private final int[] members;
  private final int[] linkEnd;
  private final int[] inside;

  /**
   * @param label of each cluster: the smallest cluster of its piece
   */
  Pieces(Links links, int[] label) {
    int n = label.length;
    int[] linkLabels = new int[links.size];
    for (int i = 0; i < links.size; i++) {
      boolean same = label[links.u[i]] == label[links.v[i]];
      linkLabels[i] = same ? label[links.u[i]] : -1;
    }
    this.memberEnd = ends(label, n);
    this.members = sorted(label, memberEnd);
    this.linkEnd = ends(linkLabels, n);
    this.inside = sorted(linkLabels, linkEnd);
    this.roots = IntStream.range(0, n).filter(i -> label[i] == i).toArray();
  }

  private static int[] ends(int[] label, int n) {
    int[] end = new int[n + 1];
    for (int value : label) {
      if (value >= 0) {
        end[value + 1]++;
      }
    }
    for (int i = 0; i < n; i++) {
      end[i + 1] += end[i];
    }
    return end;
  }

  private static int[] sorted(int[] label, int[] end) {
    int[] next = Arrays.copyOf(end, end.length);
    int[] sorted = new int[end[end.length - 1]];
    for (int i = 0; i < label.length; i++) {
      if (label[i] >= 0) {
        sorted[next[label[i]]++] = i;
      }
    }
    return sorted;
  }

  int[] roots() {
    return roots;
  }

  int[] members(int root) {
    return Arrays.copyOfRange(members, memberEnd[root], memberEnd[root + 1]);
  }

  int[] links(int root) {
    return Arrays.copyOfRange(inside, linkEnd[root], linkEnd[root + 1]);
  }

  int memberCount(int root) {
    return memberEnd[root + 1] - memberEnd[root];
  }
}
