package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;

/**
 * What the comparison of two records in one attribute showed: some levels, each with the logarithm
 * of the frequency of the value agreed on (term frequency), or NaN where the level's own u
 * probability holds.
 */
final class Evidence {
  private int[] levels = new int[16];
  private double[] logFrequencies = new double[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int level) {
    add(level, Double.NaN);
  }

  void add(int level, double logFrequency) {
    if (size == levels.length) {
      levels = Arrays.copyOf(levels, size * 2);
      logFrequencies = Arrays.copyOf(logFrequencies, size * 2);
    }
    levels[size] = level;
    logFrequencies[size++] = logFrequency;
  }

  int size() {
    return size;
  }

  int level(int i) {
    return levels[i];
  }

  double logFrequency(int i) {
    return logFrequencies[i];
  }
}
