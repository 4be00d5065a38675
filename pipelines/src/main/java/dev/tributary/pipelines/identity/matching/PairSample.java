package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;

/**
 * What the comparison of some pairs showed, kept so that it can be weighed again and again under
 * other parameters.
 */
final class PairSample {
  private final Evidence[] current;
  private final double[] weights;
  private double againstRelatives;
  private double stayed;
  private int[] ends = new int[1 << 10];
  private long[] agrees = new long[1 << 8];
  private byte[] levels = new byte[1 << 12];
  private float[] logFrequencies = new float[1 << 12];
  private int cells;
  private int items;
  private int pairs;

  PairSample(int attributes) {
    this.current = new Evidence[attributes];
    Arrays.setAll(current, a -> new Evidence());
    this.weights = new double[attributes];
  }

  /**
   * Adds what a pair showed.
   *
   * @param agreed the attributes that agree, a bit each
   */
  void add(Evidence[] evidence, long agreed) {
    if (cells + evidence.length > ends.length) {
      ends = Arrays.copyOf(ends, ends.length * 2);
    }
    if (pairs == agrees.length) {
      agrees = Arrays.copyOf(agrees, pairs * 2);
    }
    agrees[pairs++] = agreed;
    for (Evidence one : evidence) {
      while (items + one.size() > levels.length) {
        levels = Arrays.copyOf(levels, levels.length * 2);
        logFrequencies = Arrays.copyOf(logFrequencies, levels.length);
      }
      for (int i = 0; i < one.size(); i++) {
        levels[items] = (byte) one.level(i);
        logFrequencies[items++] = (float) one.logFrequency(i);
      }
      ends[cells++] = items;
    }
  }

  int pairs() {
    return pairs;
  }

  long agrees(int pair) {
    return agrees[pair];
  }

  /** The weight of the pair that was weighed last against two persons of one household, in nats. */
  double againstRelatives() {
    return againstRelatives;
  }

  /** The probability that the pair that was weighed last has stayed, if it is a match. */
  double stayed() {
    return stayed;
  }

  /** Whether both records of the pair that was weighed last say something of an attribute. */
  boolean says(int attribute) {
    return current[attribute].size() > 0;
  }

  /** The weight for a match of one pair against strangers in nats, without the prior's. */
  double weight(int pair, MatchModel model) {
    int cell = pair * current.length;
    int from = cell == 0 ? 0 : ends[cell - 1];
    for (Evidence one : current) {
      one.clear();
      for (; from < ends[cell]; from++) {
        one.add(levels[from], logFrequencies[from]);
      }
      cell++;
    }
    double weight = model.weigh(current, agrees[pair], weights);
    double moved = model.moved(weights);
    stayed = model.stayed(moved);
    againstRelatives =
        model.relatives() ? model.weighAgainstRelatives(current, weights) + moved : 0;
    return weight + moved;
  }

  /** Adds a share of one pair to the counts of its levels. */
  void tally(int pair, double share, double[][] counts) {
    for (int a = 0; a < current.length; a++) {
      tally(pair, a, share, counts[a]);
    }
  }

  /** Adds a share of one pair to the counts of one attribute's levels. */
  void tally(int pair, int attribute, double share, double[] counts) {
    int cell = pair * current.length + attribute;
    for (int item = cell == 0 ? 0 : ends[cell - 1]; item < ends[cell]; item++) {
      counts[levels[item]] += share;
    }
  }
}
