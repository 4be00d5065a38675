package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;

/** Blocks of records, one after the other; records ascend within a block. */
final class BlockList {
  private int[] members = new int[1 << 10];
  private int[] starts = new int[1 << 8];
  private int size;

  /** Adds the records in the low bits of sorted entries. */
  void add(long[] entries, int from, int until, int bits) {
    int begin = starts[size];
    long mask = (1L << bits) - 1;
    if (begin + until - from > members.length) {
      members = Arrays.copyOf(members, Math.max(members.length * 2, begin + until - from));
    }
    int end = begin;
    for (int i = from; i < until; i++) {
      int record = (int) (entries[i] & mask);
      if (end == begin || members[end - 1] != record) {
        members[end++] = record;
      }
    }
    if (end - begin < 2) {
      return;
    }
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    starts[++size] = end;
  }

  int size() {
    return size;
  }

  int start(int block) {
    return starts[block];
  }

  int end(int block) {
    return starts[block + 1];
  }

  int member(int at) {
    return members[at];
  }

  /** How many members all blocks have together. */
  int members() {
    return starts[size];
  }
}
