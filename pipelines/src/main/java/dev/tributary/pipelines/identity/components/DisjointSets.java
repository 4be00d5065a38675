package dev.tributary.pipelines.identity.components;

import java.util.Arrays;

/**
 * Sets of vertices that merge, each represented by its first vertex in an order: union-find with
 * path halving. In a random order the links are random, which is as good as linking by rank (Goel,
 * Khanna, Larkin and Tarjan, Disjoint Set Union with Randomized Linking, SODA 2014).
 *
 * <p>Vertices are numbered from 0 as they come and found by open addressing: 12 bytes a vertex, and
 * 4 bytes a slot at a load of at most two thirds.
 */
final class DisjointSets {
  private static final int FIRST_CAPACITY = 1 << 10;

  private final VertexOrder order;
  private long[] ids = new long[FIRST_CAPACITY];
  private int[] parents = new int[FIRST_CAPACITY];
  private int[] slots = new int[2 * FIRST_CAPACITY];
  private int size;

  DisjointSets(VertexOrder order) {
    this.order = order;
  }

  /** How many vertices there are; they have the numbers below this. */
  int size() {
    return size;
  }

  /** The id of a number. */
  long id(int number) {
    return ids[number];
  }

  /** The id of the first vertex in a number's set. */
  long first(int number) {
    return ids[find(number)];
  }

  /** Puts two vertices into one set, adding those that are new. */
  void union(long left, long right) {
    int a = number(left);
    if (left == right) {
      return;
    }
    a = find(a);
    int b = find(number(right));
    if (a == b) {
      return;
    }
    if (order.rank(ids[a]) < order.rank(ids[b])) {
      parents[b] = a;
    } else {
      parents[a] = b;
    }
  }

  private int find(int number) {
    int at = number;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  private int number(long id) {
    int mask = slots.length - 1;
    int slot = (int) VertexOrder.mix(id) & mask;
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (ids[number] == id) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    return add(id, slot);
  }

  private int add(long id, int slot) {
    if (size == ids.length) {
      grow();
    }
    int number = size++;
    ids[number] = id;
    parents[number] = number;
    slots[slot] = number + 1;
    if (3L * size > 2L * slots.length) {
      rehash();
    }
    return number;
  }

  private void grow() {
    int capacity = ids.length + (ids.length >> 1);
    ids = Arrays.copyOf(ids, capacity);
    parents = Arrays.copyOf(parents, capacity);
  }

  private void rehash() {
    int[] wider = new int[Math.multiplyExact(2, slots.length)];
    slots = null;
    int mask = wider.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = (int) VertexOrder.mix(ids[number]) & mask;
      while (wider[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      wider[slot] = number + 1;
    }
    slots = wider;
  }
}
