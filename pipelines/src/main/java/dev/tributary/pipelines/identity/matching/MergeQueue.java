package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;

/** Pairs of clusters by weight, the greatest first; equal weights by the clusters' numbers. */
final class MergeQueue {
  private float[] weight = new float[1 << 10];
  private int[] one = new int[1 << 10];
  private int[] two = new int[1 << 10];
  private int size;
  private int firstOne;
  private int firstTwo;

  void add(double weight, int one, int two) {
    if (size == this.weight.length) {
      this.weight = Arrays.copyOf(this.weight, size * 2);
      this.one = Arrays.copyOf(this.one, size * 2);
      this.two = Arrays.copyOf(this.two, size * 2);
    }
    int at = size++;
    float w = (float) weight;
    while (at > 0 && before(w, one, two, at - 1 >> 1)) {
      move(at - 1 >> 1, at);
      at = at - 1 >> 1;
    }
    set(at, w, one, two);
  }

  /** Takes the first pair off; false when there is none. */
  boolean poll() {
    if (size == 0) {
      return false;
    }
    firstOne = one[0];
    firstTwo = two[0];
    size--;
    float w = weight[size];
    int a = one[size];
    int b = two[size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && before(weight[child + 1], one[child + 1], two[child + 1], child)) {
        child++;
      }
      if (before(w, a, b, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    set(at, w, a, b);
    return true;
  }

  int one() {
    return firstOne;
  }

  int two() {
    return firstTwo;
  }

  private boolean before(float w, int a, int b, int other) {
    if (w != weight[other]) {
      return w > weight[other];
    }
    return a != one[other] ? a < one[other] : b < two[other];
  }

  private void move(int from, int to) {
    set(to, weight[from], one[from], two[from]);
  }

  private void set(int at, float w, int a, int b) {
    weight[at] = w;
    one[at] = a;
    two[at] = b;
  }
}
