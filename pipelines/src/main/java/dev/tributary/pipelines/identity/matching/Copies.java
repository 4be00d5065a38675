package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.List;

/**
 * Records that say the same in everything, where they are more than a block holds: not all pairs of
 * them are compared, and those that are not must not be taken for strangers who agree.
 */
final class Copies {
  private final int[] crowdOf;
  private final long[] entries;

  private Copies(int records) {
    this.crowdOf = new int[records];
    this.entries = new long[records];
    Arrays.fill(crowdOf, -1);
  }

  static Copies of(List<Attribute> attributes, int records) {
    Copies copies = new Copies(records);
    for (int record = 0; record < records; record++) {
      long hash = 0;
      for (Attribute attribute : attributes) {
        hash = Text.mix(hash) + Text.hash(attribute.show(record));
      }
      copies.entries[record] = Blocking.entry(hash, record);
    }
    Arrays.parallelSort(copies.entries);
    for (int from = 0; from < records; ) {
      int to = from + 1;
      while (to < records && Blocking.sameKey(copies.entries[from], copies.entries[to])) {
        to++;
      }
      for (int i = from; to - from > Blocking.BOUND && i < to; i++) {
        copies.crowdOf[Blocking.record(copies.entries[i])] = from;
      }
      from = to;
    }
    return copies;
  }

  /** Whether both are of one crowd. */
  boolean crowded(int left, int right) {
    return crowdOf[left] >= 0 && crowdOf[left] == crowdOf[right];
  }

  /** Makes a block of each two neighbours among copies, however many they are. */
  void chain(BlockList blocks) {
    for (int i = 1; i < entries.length; i++) {
      if (Blocking.sameKey(entries[i - 1], entries[i])) {
        blocks.add(entries, i - 1, i + 1, Blocking.RECORD_BITS);
      }
    }
  }
}
