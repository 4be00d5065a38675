package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.List;

/**
 * What the comparison of some pairs showed, kept so that it can be weighed again and again under
 * other parameters.
 */
final class PairSample {
  private final int attributes;
  private int[] ends = new int[1 << 10];
  private byte[] levels = new byte[1 << 12];
  private float[] logFrequencies = new float[1 << 12];
  private int cells;
  private int items;

  PairSample(int attributes) {
    this.attributes = attributes;
  }

  /** Adds what the next attribute of a pair showed; the attributes of a pair come in order. */
  void add(Evidence evidence) {
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, cells * 2);
    }
    while (items + evidence.size() > levels.length) {
      levels = Arrays.copyOf(levels, levels.length * 2);
      logFrequencies = Arrays.copyOf(logFrequencies, levels.length);
    }
    for (int i = 0; i < evidence.size(); i++) {
      levels[items] = (byte) evidence.level(i);
      logFrequencies[items++] = (float) evidence.logFrequency(i);
    }
    ends[cells++] = items;
  }

  int pairs() {
    return cells / attributes;
  }

  /** The weight for a match of one pair in nats, without the prior's. */
  double weight(int pair, List<LevelWeights> weights) {
    double sum = 0;
    int from = pair == 0 ? 0 : ends[pair * attributes - 1];
    for (int a = 0; a < attributes; a++) {
      int until = ends[pair * attributes + a];
      for (int i = from; i < until; i++) {
        sum += weights.get(a).weight(levels[i], logFrequencies[i]);
      }
      from = until;
    }
    return sum;
  }

  /** Adds a share of one pair to the counts of its levels. */
  void tally(int pair, double share, double[][] counts) {
    int from = pair == 0 ? 0 : ends[pair * attributes - 1];
    for (int a = 0; a < attributes; a++) {
      int until = ends[pair * attributes + a];
      for (int i = from; i < until; i++) {
        counts[a][levels[i]] += share;
      }
      from = until;
    }
  }
}
