package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;

/**
 * The pairs of records that share a block, each formed once however many blocks they share. Pairs
 * are made as they are asked for and not kept.
 */
public final class CandidatePairs {
  private final int records;
  private final BlockList blocks;
  private final int[] start;
  private final int[] blockOf;

  CandidatePairs(int records, BlockList blocks) {
    this.records = records;
    this.blocks = blocks;
    this.start = new int[records + 2];
    for (int i = 0; i < blocks.members(); i++) {
      start[blocks.member(i) + 2]++;
    }
    for (int record = 0; record <= records; record++) {
      start[record + 1] += start[record];
    }
    this.blockOf = new int[blocks.members()];
    for (int block = 0; block < blocks.size(); block++) {
      for (int i = blocks.start(block); i < blocks.end(block); i++) {
        blockOf[start[blocks.member(i) + 1]++] = block;
      }
    }
  }

  /** Takes pairs. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param left the record of the larger number
     * @param right the record of the smaller number
     */
    void pair(int left, int right);
  }

  /** Gives every pair whose larger record is within the range, in a fixed order. */
  public void forEach(int from, int until, Visitor visitor) {
    int[] seen = new int[records];
    Arrays.fill(seen, -1);
    for (int left = from; left < until; left++) {
      for (int b = start[left]; b < start[left + 1]; b++) {
        int block = blockOf[b];
        for (int i = blocks.start(block); i < blocks.end(block); i++) {
          int right = blocks.member(i);
          if (right >= left) {
            break;
          }
          if (seen[right] != left) {
            seen[right] = left;
            visitor.pair(left, right);
          }
        }
      }
    }
  }

  /** How many records the pairs are of. */
  public int records() {
    return records;
  }
}
