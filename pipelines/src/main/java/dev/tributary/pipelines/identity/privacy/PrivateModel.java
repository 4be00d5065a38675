package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.privacy.EncodedTable.FieldStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Fellegi–Sunter model over levels of similarity of encodings (Fellegi, Sunter 1969).
 *
 * <p>u is taken from the parties' random pairs; m and the share of matches are found by
 * expectation–maximisation over the candidate pairs (Winkler 1988; u held fixed). A missing value
 * is no evidence. Pairs of all records that are no candidates are taken for non-matches.
 *
 * <p>A comparison is a pattern: three bits a field, 0 for missing, else 1 + level, where level 0 is
 * an equal encoding.
 */
final class PrivateModel {
  /** Upper ends of the levels of similarity, as shares of differing filter bits. */
  private static final double[] FILTER_DISTANCES = {0, 0.06, 0.12, 0.18, 0.25};

  static final int LEVELS = FILTER_DISTANCES.length + 1;
  static final int FIELD_BITS = 3;
  private static final int MOST_ROUNDS = 200;
  private static final double CONVERGED = 1e-7;

  private final double[][] m;
  private final double[][] observedU;
  private final double[][] u;
  private double matchShare;

  private PrivateModel(double[][] observedU) {
    int fields = observedU.length;
    this.observedU = observedU;
    this.u = new double[fields][];
    this.m = new double[fields][];
    for (int f = 0; f < fields; f++) {
      u[f] = observedU[f].clone();
      m[f] = new double[] {0.75, 0.06, 0.06, 0.05, 0.03, 0.05};
    }
  }

  /** Distances in shown bits up to which an encoding has level 0, 1, … */
  static int[] cuts(Hardening hardening) {
    int bits = hardening.shownBits();
    int[] cuts = new int[FILTER_DISTANCES.length];
    for (int level = 0; level < cuts.length; level++) {
      double share = hardening.shownDistance(FILTER_DISTANCES[level]);
      double noise = level == 0 ? 3 * Math.sqrt(share * (1 - share) / bits) : 0;
      cuts[level] = (int) Math.floor(bits * (share + noise));
    }
    return cuts;
  }

  static int level(int distance, int[] cuts) {
    int level = 0;
    while (level < cuts.length && distance > cuts[level]) {
      level++;
    }
    return level;
  }

  /**
   * Fits the model.
   *
   * @param tables statistics of each table's fields
   * @param patterns how many candidate pairs have each pattern
   * @param allPairs pairs that could match, candidates or not
   */
  static PrivateModel fit(
      List<List<FieldStatistics>> tables,
      Hardening hardening,
      Map<Long, Long> patterns,
      double allPairs) {
    int fields = tables.get(0).size();
    double[][] u = new double[fields][];
    for (int f = 0; f < fields; f++) {
      List<FieldStatistics> statistics = new ArrayList<>();
      for (List<FieldStatistics> table : tables) {
        statistics.add(table.get(f));
      }
      u[f] = u(statistics, hardening);
    }
    PrivateModel model = new PrivateModel(u);
    model.expectationMaximisation(patterns, allPairs);
    return model;
  }

  private static double[] u(List<FieldStatistics> tables, Hardening hardening) {
    int[] cuts = cuts(hardening);
    double[] u = new double[LEVELS];
    for (FieldStatistics table : tables) {
      double pairs = table.present() * (table.present() - 1) / 2.0;
      double equal = (table.equalPairs() + 0.5) / (pairs + 1);
      double[] levels = new double[LEVELS];
      double sampled = 0;
      for (int bin = 0; bin < FieldStatistics.BINS; bin++) {
        int middle = (int) Math.round((bin + 0.75) / FieldStatistics.BINS * hardening.shownBits());
        int level = Math.max(1, level(middle, cuts));
        levels[level] += table.distances()[bin];
        sampled += table.distances()[bin];
      }
      u[0] += equal / tables.size();
      for (int level = 1; level < LEVELS; level++) {
        double share = (levels[level] + 0.5) / (sampled + 0.5 * (LEVELS - 1));
        u[level] += (1 - equal) * share / tables.size();
      }
    }
    return u;
  }

  private void expectationMaximisation(Map<Long, Long> patterns, double allPairs) {
    matchShare = Math.min(0.5, 1 / Math.sqrt(allPairs + 1));
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[][] expected = new double[m.length][LEVELS];
      double matches = 0;
      for (Map.Entry<Long, Long> pattern : patterns.entrySet()) {
        double weight = pattern.getValue() * probability(pattern.getKey());
        matches += weight;
        for (int f = 0; f < m.length; f++) {
          int level = levelIn(pattern.getKey(), f);
          if (level >= 0) {
            expected[f][level] += weight;
          }
        }
      }
      double before = matchShare;
      maximise(expected, matches, allPairs);
      if (Math.abs(matchShare - before) < CONVERGED * before) {
        return;
      }
    }
  }

  private void maximise(double[][] expected, double matches, double allPairs) {
    matchShare = Math.min(0.5, Math.max(matches, 0.5) / (allPairs + 1));
    for (int f = 0; f < m.length; f++) {
      double total = 0;
      for (double count : expected[f]) {
        total += count + 1;
      }
      for (int level = 0; level < LEVELS; level++) {
        m[f][level] = (expected[f][level] + 1) / total;
        // Random pairs of a table with duplicates hold matches, too.
        u[f][level] =
            Math.max(
                observedU[f][level] / 20,
                (observedU[f][level] - matchShare * m[f][level]) / (1 - matchShare));
      }
    }
  }

  private static int levelIn(long pattern, int field) {
    return (int) (pattern >>> (FIELD_BITS * field) & 7) - 1;
  }

  /** The match weight of a pattern in bits: log2 of the odds that the pair is a match. */
  double weight(long pattern) {
    double weight = Math.log(matchShare / (1 - matchShare));
    for (int f = 0; f < m.length; f++) {
      int level = levelIn(pattern, f);
      if (level >= 0) {
        weight += Math.log(m[f][level] / u[f][level]);
      }
    }
    return weight / Math.log(2);
  }

  /** The probability that a pair with this pattern is a match. */
  double probability(long pattern) {
    return 1 / (1 + Math.pow(2, -weight(pattern)));
  }

  double matchShare() {
    return matchShare;
  }

  /** m and u of a field's level; for display. */
  double[] parameters(int field, int level) {
    return new double[] {m[field][level], u[field][level]};
  }
}
