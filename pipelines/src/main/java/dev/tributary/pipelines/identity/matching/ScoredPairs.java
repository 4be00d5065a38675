package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;

/** Pairs of records with their weights, in the order in which they came. */
final class ScoredPairs {
  private static final int FIRST_CHUNK = 1 << 8;
  private static final int LARGEST_CHUNK = 1 << 16;

  private final List<Chunk> chunks = new ArrayList<>();

  /** Takes pairs. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param weight the weight for a match in nats, the prior's among it
     */
    void pair(int left, int right, float weight);
  }

  /** What is added never moves: copies of tens of millions of pairs would not fit beside them. */
  private static final class Chunk {
    final int[] left;
    final int[] right;
    final float[] weight;
    int size;

    Chunk(int length) {
      left = new int[length];
      right = new int[length];
      weight = new float[length];
    }
  }

  void add(int left, int right, double weight) {
    Chunk last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
    if (last == null || last.size == last.left.length) {
      last = new Chunk(last == null ? FIRST_CHUNK : Math.min(LARGEST_CHUNK, 2 * last.size));
      chunks.add(last);
    }
    last.left[last.size] = left;
    last.right[last.size] = right;
    last.weight[last.size++] = (float) weight;
  }

  /** All pairs of the parts, which are not to be added to any more. */
  static ScoredPairs concat(List<ScoredPairs> parts) {
    ScoredPairs all = new ScoredPairs();
    parts.forEach(part -> all.chunks.addAll(part.chunks));
    return all;
  }

  void forEach(Visitor visitor) {
    for (Chunk chunk : chunks) {
      for (int i = 0; i < chunk.size; i++) {
        visitor.pair(chunk.left[i], chunk.right[i], chunk.weight[i]);
      }
    }
  }
}
