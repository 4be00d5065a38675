package dev.tributary.pipelines.identity.components;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/** Pairs with numbers replaced by what a table has for them. */
final class Replaced extends Produced<long[]> {
  private final Iterator<long[]> pairs;
  private final LongTable table;
  private final boolean both;
  private final Queue<long[]> filled = new ArrayDeque<>();
  private final Chunks chunks = new Chunks(filled);

  private Replaced(Iterator<long[]> pairs, LongTable table, boolean both) {
    this.pairs = pairs;
    this.table = table;
    this.both = both;
  }

  /** Replaces both numbers, and leaves out pairs whose numbers are then equal. */
  static Iterator<long[]> both(Iterator<long[]> pairs, Iterator<long[]> table) {
    return new Replaced(pairs, LongTable.of(table), true);
  }

  /** Replaces the second number of each pair. */
  static Iterator<long[]> second(Iterator<long[]> pairs, Iterator<long[]> table) {
    return new Replaced(pairs, LongTable.of(table), false);
  }

  @Override
  boolean step(Queue<long[]> ready) {
    boolean more = pairs.hasNext();
    if (more) {
      replace(pairs.next());
    } else {
      chunks.flush();
    }
    ready.addAll(filled);
    filled.clear();
    return more;
  }

  private void replace(long[] chunk) {
    for (int i = 0; i < chunk.length; i += 2) {
      long first = both ? table.get(chunk[i]) : chunk[i];
      long second = table.get(chunk[i + 1]);
      if (!both || first != second) {
        chunks.addPair(first, second);
      }
    }
  }
}
