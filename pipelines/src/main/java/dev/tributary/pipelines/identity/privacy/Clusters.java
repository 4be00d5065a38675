package dev.tributary.pipelines.identity.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The links found so far and what they connect. */
final class Clusters {
  private record Joined(int left, int right, double probability) {}

  private final int[] parent;
  private final double[] confidence;
  private final List<Joined> joined = new ArrayList<>();

  Clusters(int records) {
    parent = new int[records];
    confidence = new double[records];
    Arrays.setAll(parent, i -> i);
  }

  void join(int left, int right, double probability) {
    joined.add(new Joined(left, right, probability));
    confidence[left] = Math.max(confidence[left], probability);
    confidence[right] = Math.max(confidence[right], probability);
    int a = root(left);
    int b = root(right);
    parent[Math.max(a, b)] = Math.min(a, b);
  }

  private int root(int record) {
    int at = record;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  Linkage linkage(List<String> names, long candidatePairs, Threshold threshold) {
    List<Linkage.Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < parent.length; i++) {
      assignments.add(
          new Linkage.Assignment(
              names.get(i), names.get(root(i)), confidence[i] == 0 ? 1 : confidence[i]));
    }
    List<Linkage.Link> links =
        joined.stream()
            .map(j -> new Linkage.Link(names.get(j.left), names.get(j.right), j.probability))
            .toList();
    return new Linkage(
        links, assignments, candidatePairs, threshold.probability(), threshold.expectedF1());
  }
}
