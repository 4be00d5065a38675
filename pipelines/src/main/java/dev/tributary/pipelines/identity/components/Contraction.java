package dev.tributary.pipelines.identity.components;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.Function2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** One run of {@link ContractionEngine}, from edges to labels; see there for the method. */
final class Contraction {
  /** Every so many rounds the forest is checkpointed, if the context has a directory for that. */
  private static final int CHECKPOINT_ROUNDS = 4;

  private final TaskLimits limits;
  private final int parallelism;
  private final List<JavaRDD<long[]>> held = new ArrayList<>();
  private int rounds;

  /**
   * @param parallelism the least number of partitions, so that all cores work
   */
  Contraction(TaskLimits limits, int parallelism) {
    this.limits = limits;
    this.parallelism = parallelism;
  }

  /**
   * Labels each vertex with the smallest of its component.
   *
   * @return pairs (vertex, label), computed and held; nothing else is held any more
   */
  JavaRDD<long[]> label(JavaRDD<long[]> edges) {
    try {
      JavaRDD<long[]> labels = labels(edges).persist(StorageLevel.MEMORY_AND_DISK());
      Size.of(labels);
      return labels;
    } finally {
      held.forEach(rdd -> rdd.unpersist(false));
    }
  }

  /** How many rounds of contraction it took. */
  int rounds() {
    return rounds;
  }

  private JavaRDD<long[]> labels(JavaRDD<long[]> edges) {
    Deque<Level> levels = new ArrayDeque<>();
    VertexOrder order = VertexOrder.ofRound(0);
    JavaRDD<long[]> forest = hold(forest(edges, order));
    long rows = Size.of(forest);
    while (rows > limits.vertices()) {
      Level level = Level.of(forest, limits.partitions(rows, parallelism), order);
      levels.push(level);
      hold(level.pairs());
      hold(level.groups());
      order = VertexOrder.ofRound(++rounds);
      JavaRDD<long[]> contracted = hold(forest(level.contracted(), order));
      if (rounds % CHECKPOINT_ROUNDS == 0 && contracted.context().getCheckpointDir().isDefined()) {
        contracted.checkpoint();
      }
      rows = Size.of(contracted);
      release(forest);
      release(level.pairs());
      forest = contracted;
    }
    JavaRDD<long[]> finished = finish(forest);
    return levels.isEmpty() ? spread(finished, rows) : expand(finished, levels);
  }

  /**
   * The labels of the last task over more partitions, for those who read them, if they are many.
   */
  private JavaRDD<long[]> spread(JavaRDD<long[]> labels, long rows) {
    int partitions = limits.partitions(rows, 1);
    return partitions == 1 ? labels : Exchange.byFirst(labels, partitions);
  }

  /** The labels of all levels' vertices, from the last to the first, then their smallest ids. */
  private JavaRDD<long[]> expand(JavaRDD<long[]> finished, Deque<Level> levels) {
    JavaRDD<long[]> labels = Exchange.byFirst(finished, levels.peek().groups().getNumPartitions());
    while (!levels.isEmpty()) {
      labels = levels.pop().labels(labels);
    }
    labels = hold(labels);
    return labels.zipPartitions(Lookup.smallestFirsts(labels), Replaced::second);
  }

  /** The forests of the partitions' blocks. */
  private JavaRDD<long[]> forest(JavaRDD<long[]> edges, VertexOrder order) {
    int most = limits.blockVertices();
    // Where a block ends depends on the order of the edges. Spark is told so, because then, when it
    // loses a part of a forest, it makes the others anew, too: halves of two forests are no forest.
    Function2<Object, scala.collection.Iterator<long[]>, scala.collection.Iterator<long[]>> blocks =
        (Blocks)
            (partition, chunks) ->
                CollectionConverters.asScala(
                    new LocalForest(CollectionConverters.asJava(chunks), most, order));
    RDD<long[]> forest =
        edges
            .rdd()
            .mapPartitionsWithIndex(blocks, false, true, ClassTag$.MODULE$.apply(long[].class));
    return forest.toJavaRDD();
  }

  /** All of the contracted graph in one task. */
  private static JavaRDD<long[]> finish(JavaRDD<long[]> forest) {
    return forest
        .coalesce(1)
        .mapPartitions(pairs -> new LocalForest(pairs, Integer.MAX_VALUE, VertexOrder.NATURAL));
  }

  private JavaRDD<long[]> hold(JavaRDD<long[]> rdd) {
    held.add(rdd);
    return rdd.persist(StorageLevel.MEMORY_AND_DISK());
  }

  private void release(JavaRDD<long[]> rdd) {
    held.remove(rdd);
    rdd.unpersist(false);
  }

  /** A function of Scala that can be sent to tasks. */
  private interface Blocks
      extends Function2<
              Object, scala.collection.Iterator<long[]>, scala.collection.Iterator<long[]>>,
          Serializable {}
}
