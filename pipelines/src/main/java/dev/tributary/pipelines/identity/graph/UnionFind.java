package dev.tributary.pipelines.identity.graph;

/** Disjoint sets of 0 … n-1. The root of a set is its smallest element. */
final class UnionFind {
  private final int[] parent;

  UnionFind(int size) {
    parent = new int[size];
    for (int i = 0; i < size; i++) {
      parent[i] = i;
    }
  }

  int find(int element) {
    while (parent[element] != element) {
      parent[element] = parent[parent[element]];
      element = parent[element];
    }
    return element;
  }

  /** Joins the two sets, if they are two. */
  boolean union(int left, int right) {
    int a = find(left);
    int b = find(right);
    parent[Math.max(a, b)] = Math.min(a, b);
    return a != b;
  }

  /** The root of each element. */
  int[] labels() {
    int[] labels = new int[parent.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = find(i);
    }
    return labels;
  }
}
