package dev.tributary.pipelines.identity.behaviour;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Learns a {@link BehaviourModel} from candidate pairs, counted by what their comparison showed.
 * Pairs of devices that share a login tell m; pairs whose logins differ tell u. Both are
 * candidates, so that what all candidates have in common is no evidence. Comparisons are not
 * independent: how far each may be trusted is found by logistic regression on the same pairs, with
 * weights held between 0 and 1. Pairs of devices without logins are another population: its share
 * of matches is estimated without labels by expectation maximisation (Saerens, Latinne and
 * Decaestecker 2002), and never taken for larger than that of pairs with logins.
 */
public final class BehaviourFit {
  /** Pairs of each kind that have to be there. */
  public static final long LEAST_PAIRS = 30;

  /** As many pairs as the pooled levels weigh as much as. */
  private static final double BELIEF = 6;

  private static final double RIDGE = 4;
  private static final int ROUNDS = 60;
  private static final int COMPARISONS = Comparison.values().length;

  private final List<Counted> pairs;
  private final double[][] m = new double[COMPARISONS][];
  private final double[][] u = new double[COMPARISONS][];

  private BehaviourFit(List<Counted> pairs) {
    this.pairs = pairs;
  }

  /**
   * Candidate pairs whose comparison showed the same.
   *
   * @param levels of each {@link Comparison}
   * @param pairs how many there are, above 0
   */
  public record Counted(int[] levels, PairKind kind, long pairs) {
    public Counted {
      if (levels.length != COMPARISONS || pairs <= 0) {
        throw new IllegalArgumentException(
            Arrays.toString(levels) + " × " + pairs + " is no count of compared pairs");
      }
    }
  }

  /** The levels of two devices, while there is no model yet. */
  public static int[] levels(
      DeviceTrace one,
      DeviceTrace other,
      java.util.Map<String, Integer> networkSizes,
      Set<String> commonPages) {
    return Comparison.levels(one, other, networkSizes, commonPages);
  }

  /** The model; empty when too few pairs have logins. */
  public static Optional<BehaviourModel> fit(List<Counted> pairs, Set<String> commonPages) {
    BehaviourFit fit = new BehaviourFit(pairs);
    if (fit.count(PairKind.SAME) < LEAST_PAIRS || fit.count(PairKind.DIFFERENT) < LEAST_PAIRS) {
      return Optional.empty();
    }
    fit.levels();
    double[] reliability = fit.regress();
    double labelled = reliability[COMPARISONS];
    double share =
        (double) fit.count(PairKind.SAME)
            / (fit.count(PairKind.SAME) + fit.count(PairKind.DIFFERENT));
    return Optional.of(
        new BehaviourModel(
            fit.m,
            fit.u,
            Arrays.copyOf(reliability, COMPARISONS),
            labelled + fit.shift(PairKind.ONE_LOGIN, reliability, share),
            labelled + fit.shift(PairKind.NO_LOGIN, reliability, share),
            commonPages));
  }

  private long count(PairKind kind) {
    return pairs.stream().filter(one -> one.kind() == kind).mapToLong(Counted::pairs).sum();
  }

  private void levels() {
    for (Comparison comparison : Comparison.values()) {
      int c = comparison.ordinal();
      double[] same = counts(c, PairKind.SAME);
      double[] different = counts(c, PairKind.DIFFERENT);
      double sumSame = Arrays.stream(same).sum();
      double sumDifferent = Arrays.stream(different).sum();
      m[c] = new double[same.length];
      u[c] = new double[same.length];
      for (int level = 0; level < same.length; level++) {
        double pooled =
            (same[level] / sumSame + different[level] / sumDifferent + 0.01)
                / (2 + 0.01 * same.length);
        m[c][level] = (same[level] + BELIEF * pooled) / (sumSame + BELIEF);
        u[c][level] = (different[level] + BELIEF * pooled) / (sumDifferent + BELIEF);
      }
    }
  }

  private double[] counts(int comparison, PairKind kind) {
    double[] counts = new double[Comparison.values()[comparison].levels().size()];
    for (Counted one : pairs) {
      if (one.kind() == kind) {
        counts[one.levels()[comparison]] += one.pairs();
      }
    }
    return counts;
  }

  private double[] features(int[] levels) {
    double[] features = new double[COMPARISONS + 1];
    for (int c = 0; c < COMPARISONS; c++) {
      features[c] = Math.log(m[c][levels[c]] / u[c][levels[c]]);
    }
    features[COMPARISONS] = 1;
    return features;
  }

  /** Reliabilities and, last, the intercept: projected gradient with a step per coordinate. */
  private double[] regress() {
    double[] weights = new double[COMPARISONS + 1];
    Arrays.fill(weights, 0, COMPARISONS, 0.5);
    List<Counted> labelled =
        pairs.stream().filter(one -> one.kind().compareTo(PairKind.ONE_LOGIN) < 0).toList();
    for (int round = 0; round < ROUNDS; round++) {
      for (int k = 0; k < weights.length; k++) {
        double slope = k < COMPARISONS ? RIDGE * (1 - weights[k]) : 0;
        double curve = k < COMPARISONS ? RIDGE : 1e-6;
        for (Counted one : labelled) {
          double[] x = features(one.levels());
          double p = BehaviourModel.probability(dot(weights, x));
          double y = one.kind() == PairKind.SAME ? 1 : 0;
          slope += one.pairs() * (y - p) * x[k];
          curve += one.pairs() * p * (1 - p) * x[k] * x[k];
        }
        double next = weights[k] + Math.max(-1, Math.min(1, slope / curve));
        weights[k] = k < COMPARISONS ? Math.max(0, Math.min(1, next)) : next;
      }
    }
    return weights;
  }

  private static double dot(double[] weights, double[] x) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * x[k];
    }
    return sum;
  }

  /** What the log-odds of a kind of pairs differ by from those of pairs with logins; at most 0. */
  private double shift(PairKind kind, double[] reliability, double labelledShare) {
    List<Counted> some = pairs.stream().filter(one -> one.kind() == kind).toList();
    double all = some.stream().mapToLong(Counted::pairs).sum();
    if (all == 0) {
      return 0;
    }
    double prior = Math.log(labelledShare / (1 - labelledShare));
    double shift = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double matches = 0.5;
      for (Counted one : some) {
        double p = BehaviourModel.probability(dot(reliability, features(one.levels())) + shift);
        matches += p * one.pairs();
      }
      double share = matches / (all + 1);
      shift = Math.min(0, Math.log(share / (1 - share)) - prior);
    }
    return shift;
  }
}
