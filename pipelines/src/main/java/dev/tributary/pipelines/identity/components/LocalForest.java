package dev.tributary.pipelines.identity.components;

import java.util.Iterator;
import java.util.Queue;

/**
 * What a task can say of its edges alone: a pair (vertex, first vertex of its component) for each
 * vertex, as far as the edges of one block tell. A block ends when it has so many vertices, which
 * bounds the memory. The pairs of a block join the same vertices as its edges do, and are not more
 * than these and its components.
 */
final class LocalForest extends Produced<long[]> {
  private final Iterator<long[]> edges;
  private final int mostVertices;
  private final VertexOrder order;

  private long[] chunk = {};
  private int position;
  private DisjointSets block;
  private int told;

  LocalForest(Iterator<long[]> edges, int mostVertices, VertexOrder order) {
    this.edges = edges;
    this.mostVertices = mostVertices;
    this.order = order;
    this.block = new DisjointSets(order);
  }

  @Override
  boolean step(Queue<long[]> ready) {
    if (told == block.size()) {
      if (told > 0) {
        block = new DisjointSets(order);
        told = 0;
      }
      readBlock();
    }
    Chunks pairs = new Chunks(ready);
    while (ready.isEmpty() && told < block.size()) {
      pairs.addPair(block.id(told), block.first(told));
      told++;
    }
    pairs.flush();
    return told < block.size() || hasEdge();
  }

  private void readBlock() {
    while (block.size() < mostVertices && hasEdge()) {
      block.union(chunk[position], chunk[position + 1]);
      position += 2;
    }
  }

  private boolean hasEdge() {
    while (position == chunk.length && edges.hasNext()) {
      chunk = edges.next();
      position = 0;
    }
    return position < chunk.length;
  }
}
