package dev.tributary.pipelines.identity.components;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Looks numbers up in a table that is spread over partitions by its keys. Each partition asks once
 * for each number that it needs, and is answered; its rows stay where they are. So a number that
 * millions of rows need costs one question a partition, and no partition grows with such a hub.
 *
 * <p>What a table lacks stands for itself, and such answers are not sent.
 */
final class Lookup {
  private Lookup() {}

  /**
   * Looks up the second number of each pair.
   *
   * @param pairs who asks
   * @param ofLoops whether pairs of two equal numbers ask, too
   * @param table pairs, at the partitions of their first numbers
   * @return for each partition of {@code pairs} the entries of the table that it asked for
   */
  static JavaRDD<long[]> ofSeconds(JavaRDD<long[]> pairs, boolean ofLoops, JavaRDD<long[]> table) {
    int askers = pairs.getNumPartitions();
    int tables = table.getNumPartitions();
    JavaRDD<long[]> asked =
        Exchange.move(
            pairs, tables, (number, chunks) -> new Questions(chunks, tables, number, ofLoops));
    return Exchange.deliver(
        asked.zipPartitions(
            table, (questions, entries) -> new Answers(questions, askers, LongTable.of(entries))),
        askers);
  }

  /**
   * For the second number of each pair, the smallest first number that it occurs with.
   *
   * @param pairs who asks, and at the same time the table
   * @return for each partition of {@code pairs} entries (second number, smallest first number)
   */
  static JavaRDD<long[]> smallestFirsts(JavaRDD<long[]> pairs) {
    int partitions = pairs.getNumPartitions();
    JavaRDD<long[]> asked =
        Exchange.move(
            pairs, partitions, (number, chunks) -> new LocalMinima(chunks, partitions, number));
    return Exchange.deliver(
        asked.mapPartitions(questions -> answerMinima(questions, partitions)), partitions);
  }

  private static Iterator<Tuple2<Integer, long[]>> answerMinima(
      Iterator<long[]> questions, int askers) {
    LongTable minima = new LongTable();
    List<long[]> held = new ArrayList<>();
    while (questions.hasNext()) {
      long[] chunk = questions.next();
      long[] keys = new long[chunk.length / 2 + 1];
      keys[0] = chunk[0];
      for (int i = 1; i < chunk.length; i += 2) {
        minima.keepFirst(chunk[i], chunk[i + 1], VertexOrder.NATURAL);
        keys[(i + 1) / 2] = chunk[i];
      }
      held.add(keys);
    }
    return new Answers(held.iterator(), askers, minima);
  }

  /** Asks once for each second number. */
  private static final class Questions extends Exchange.Sender {
    private final LongTable asked = new LongTable();
    private final int tables;
    private final boolean ofLoops;

    Questions(Iterator<long[]> chunks, int tables, int number, boolean ofLoops) {
      super(chunks, tables, number);
      this.tables = tables;
      this.ofLoops = ofLoops;
    }

    @Override
    void send(long[] pairs) {
      for (int i = 0; i < pairs.length; i += 2) {
        long second = pairs[i + 1];
        if ((ofLoops || pairs[i] != second) && asked.add(second)) {
          add(VertexOrder.partition(second, tables), second);
        }
      }
    }
  }

  /** Asks once for each second number, and tells the smallest first number here. */
  private static final class LocalMinima extends Exchange.Sender {
    private final LongTable minima = new LongTable();
    private final int tables;

    LocalMinima(Iterator<long[]> chunks, int tables, int number) {
      super(chunks, tables, number);
      this.tables = tables;
    }

    @Override
    void send(long[] pairs) {
      for (int i = 0; i < pairs.length; i += 2) {
        minima.keepFirst(pairs[i + 1], pairs[i], VertexOrder.NATURAL);
      }
    }

    @Override
    void sendRest() {
      LongTable.Cursor cursor = minima.cursor();
      while (cursor.next()) {
        add(VertexOrder.partition(cursor.key(), tables), cursor.key(), cursor.value());
      }
    }
  }

  /** Answers chunks of the asker's number and keys. */
  private static final class Answers extends Exchange.Sender {
    private final LongTable table;

    Answers(Iterator<long[]> questions, int askers, LongTable table) {
      super(questions, askers);
      this.table = table;
    }

    @Override
    void send(long[] question) {
      for (int i = 1; i < question.length; i++) {
        long value = table.get(question[i]);
        if (value != question[i]) {
          add((int) question[0], question[i], value);
        }
      }
    }
  }
}
