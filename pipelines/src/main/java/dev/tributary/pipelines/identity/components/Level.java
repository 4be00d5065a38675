package dev.tributary.pipelines.identity.components;

import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * One level of the contraction. A vertex joins the group of the first vertex, in the round's order,
 * of all local components that it is in; the groups are the vertices of the next level.
 *
 * @param pairs the forest, each pair (vertex, first vertex of its local component) at the vertex's
 *     partition
 * @param groups each vertex with its group, at the vertex's partition
 */
record Level(JavaRDD<long[]> pairs, JavaRDD<long[]> groups) {

  static Level of(JavaRDD<long[]> forest, int partitions, VertexOrder order) {
    JavaRDD<long[]> pairs =
        Exchange.byFirst(forest, partitions).persist(StorageLevel.MEMORY_AND_DISK());
    JavaRDD<long[]> groups =
        pairs
            .mapPartitions(chunks -> firsts(chunks, order))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Level(pairs, groups);
  }

  private static Iterator<long[]> firsts(Iterator<long[]> pairs, VertexOrder order) {
    LongTable firsts = new LongTable();
    while (pairs.hasNext()) {
      long[] chunk = pairs.next();
      for (int i = 0; i < chunk.length; i += 2) {
        firsts.keepFirst(chunk[i], chunk[i + 1], order);
      }
    }
    return firsts.pairs();
  }

  /** The edges between groups: each pair with both its vertices replaced by their groups. */
  JavaRDD<long[]> contracted() {
    JavaRDD<long[]> asked = Lookup.ofSeconds(pairs, false, groups);
    JavaRDD<long[]> known = groups.zipPartitions(asked, Level::concat);
    return pairs.zipPartitions(known, Replaced::both);
  }

  /**
   * The labels of this level's vertices, at their partitions.
   *
   * @param labels those of the groups, at their partitions; a group without one is its own label
   */
  JavaRDD<long[]> labels(JavaRDD<long[]> labels) {
    return groups.zipPartitions(Lookup.ofSeconds(groups, true, labels), Replaced::second);
  }

  private static Iterator<long[]> concat(Iterator<long[]> left, Iterator<long[]> right) {
    return new Produced<>() {
      @Override
      boolean step(Queue<long[]> ready) {
        if (left.hasNext()) {
          ready.add(left.next());
        } else if (right.hasNext()) {
          ready.add(right.next());
        } else {
          return false;
        }
        return true;
      }
    };
  }
}
