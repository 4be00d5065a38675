package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.List;

/** Pairs of records with their weights. */
final class ScoredPairs {
  private int[] left = new int[256];
  private int[] right = new int[256];
  private float[] weight = new float[256];
  private int size;

  void add(int left, int right, double weight) {
    if (size == this.left.length) {
      grow(size * 2);
    }
    this.left[size] = left;
    this.right[size] = right;
    this.weight[size++] = (float) weight;
  }

  private void grow(int length) {
    left = Arrays.copyOf(left, length);
    right = Arrays.copyOf(right, length);
    weight = Arrays.copyOf(weight, length);
  }

  static ScoredPairs concat(List<ScoredPairs> parts) {
    ScoredPairs all = new ScoredPairs();
    all.grow(Math.max(1, parts.stream().mapToInt(part -> part.size).sum()));
    for (ScoredPairs part : parts) {
      System.arraycopy(part.left, 0, all.left, all.size, part.size);
      System.arraycopy(part.right, 0, all.right, all.size, part.size);
      System.arraycopy(part.weight, 0, all.weight, all.size, part.size);
      all.size += part.size;
    }
    return all;
  }

  int size() {
    return size;
  }

  int left(int i) {
    return left[i];
  }

  int right(int i) {
    return right[i];
  }

  /** The weight for a match in nats, the prior's among it. */
  float weight(int i) {
    return weight[i];
  }
}
