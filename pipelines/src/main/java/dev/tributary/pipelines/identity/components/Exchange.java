package dev.tributary.pipelines.identity.components;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Moves chunks of numbers between tasks: a record of the shuffle is a chunk and its destination, so
 * the cost of a record is shared by hundreds or thousands of vertices.
 */
final class Exchange {
  private static final int BUFFERED_LONGS = 1 << 22;
  private static final int SHORTEST_CHUNK = 1 << 6;

  private Exchange() {}

  /** Brings each pair to the partition of its first number. */
  static JavaRDD<long[]> byFirst(JavaRDD<long[]> pairs, int partitions) {
    return move(
        pairs,
        partitions,
        (number, chunks) ->
            new Sender(chunks, partitions) {
              @Override
              void send(long[] chunk) {
                for (int i = 0; i < chunk.length; i += 2) {
                  int destination = VertexOrder.partition(chunk[i], partitions);
                  add(destination, chunk[i], chunk[i + 1]);
                }
              }
            });
  }

  /** Runs a sender over each partition, and brings its chunks to their destinations. */
  static JavaRDD<long[]> move(
      JavaRDD<long[]> chunks,
      int partitions,
      Function2<Integer, Iterator<long[]>, Iterator<Tuple2<Integer, long[]>>> sender) {
    return deliver(chunks.mapPartitionsWithIndex(sender, false), partitions);
  }

  /** Brings addressed chunks to their partitions; in what order they arrive there is not said. */
  static JavaRDD<long[]> deliver(JavaRDD<Tuple2<Integer, long[]>> addressed, int partitions) {
    RDD<Tuple2<Integer, long[]>> rdd = addressed.rdd();
    ClassTag<Integer> number = ClassTag$.MODULE$.apply(Integer.class);
    ClassTag<long[]> chunk = ClassTag$.MODULE$.apply(long[].class);
    ShuffledRDD<Integer, long[], long[]> moved =
        new ShuffledRDD<>(rdd, new ByNumber(partitions), number, chunk, chunk);
    // Without the reset the stream would hold on to the last hundred chunks of each destination.
    SparkConf conf = rdd.context().getConf().clone().set("spark.serializer.objectStreamReset", "1");
    moved.setSerializer(new JavaSerializer(conf));
    return moved.toJavaRDD().map(Tuple2::_2);
  }

  /**
   * Sorts a partition's pairs into a chunk for each destination; a full chunk is sent. All open
   * chunks together hold at most {@value #BUFFERED_LONGS} numbers, up to 65,536 destinations.
   */
  abstract static class Sender extends Produced<Tuple2<Integer, long[]>> {
    private final Iterator<long[]> chunks;
    private final int length;
    private final int header;
    private final long headerValue;
    private final long[][] open;
    private final int[] lengths;
    private Queue<Tuple2<Integer, long[]>> ready;

    Sender(Iterator<long[]> chunks, int destinations) {
      this(chunks, destinations, 0, 0);
    }

    /** A sender whose chunks all begin with its own number, so that they can be answered. */
    Sender(Iterator<long[]> chunks, int destinations, int number) {
      this(chunks, destinations, 1, number);
    }

    private Sender(Iterator<long[]> chunks, int destinations, int header, long headerValue) {
      this.chunks = chunks;
      this.header = header;
      this.headerValue = headerValue;
      this.length =
          Math.max(SHORTEST_CHUNK, Math.min(Chunks.LENGTH, BUFFERED_LONGS / destinations)) + header;
      this.open = new long[destinations][];
      this.lengths = new int[destinations];
    }

    /** Adds what is to be said of a chunk. */
    abstract void send(long[] chunk);

    /** Adds what is to be said when all chunks have been seen. */
    void sendRest() {}

    final void add(int destination, long left, long right) {
      append(destination, left);
      append(destination, right);
      if (lengths[destination] + 1 >= length) {
        flush(destination);
      }
    }

    final void add(int destination, long number) {
      append(destination, number);
      if (lengths[destination] + 1 >= length) {
        flush(destination);
      }
    }

    private void append(int destination, long number) {
      if (open[destination] == null) {
        open[destination] = new long[length];
        open[destination][0] = headerValue;
        lengths[destination] = header;
      }
      open[destination][lengths[destination]++] = number;
    }

    private void flush(int destination) {
      ready.add(new Tuple2<>(destination, Arrays.copyOf(open[destination], lengths[destination])));
      open[destination] = null;
    }

    @Override
    final boolean step(Queue<Tuple2<Integer, long[]>> ready) {
      this.ready = ready;
      if (chunks.hasNext()) {
        send(chunks.next());
        return true;
      }
      sendRest();
      for (int destination = 0; destination < open.length; destination++) {
        if (open[destination] != null) {
          flush(destination);
        }
      }
      return false;
    }
  }

  /** Destination n is partition n. */
  private static final class ByNumber extends Partitioner {
    private static final long serialVersionUID = 1;
    private final int partitions;

    ByNumber(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByNumber that && that.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return partitions;
    }
  }
}
