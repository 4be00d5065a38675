package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of records of which it is known whether they are one: never needed, and where there are
 * some, they refine what was learned without them. The m probabilities become the mean of those
 * learned, which count as {@value #LEARNED} pairs, and of the pairs that match. The threshold is
 * moved by the offset that makes the labels likeliest (logistic regression of an intercept alone,
 * Platt 1999), held near zero by a normal prior; by pairs of one sort alone it is not moved.
 */
public final class Labels {
  private static final double LEARNED = 100;

  /** Standard deviation of the offset that is believed before there are labels, in nats. */
  private static final double SPREAD = 2;

  private static final double LARGEST_OFFSET = 10;
  private static final int HALVINGS = 50;

  private final List<Pair> pairs;

  /**
   * Two records by their numbers in the {@link RecordSet}.
   *
   * @param match whether they are one
   */
  public record Pair(int left, int right, boolean match) {}

  public Labels(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /** No labels: nothing is refined. */
  public static Labels none() {
    return new Labels(List.of());
  }

  /** How many there are. */
  public int size() {
    return pairs.size();
  }

  MatchModel refine(MatchModel model, List<Attribute> attributes) {
    if (pairs.isEmpty()) {
      return model;
    }
    MatchModel learned = withMatches(model, attributes);
    boolean both = pairs.stream().map(Pair::match).distinct().count() == 2;
    if (!both) {
      return learned;
    }
    double odds = learned.priorWeight() + offset(new Scorer(attributes, learned));
    double least = Double.MIN_NORMAL;
    double share = Math.min(0.5, Math.max(least, MatchModel.probability(odds)));
    return new MatchModel(
        learned.attributes(), share, learned.relativeProbability(), learned.moving());
  }

  private MatchModel withMatches(MatchModel model, List<Attribute> attributes) {
    double[][] counts = new double[attributes.size()][];
    for (int a = 0; a < counts.length; a++) {
      counts[a] = new double[attributes.get(a).levels().size()];
    }
    Scorer scorer = new Scorer(attributes, model);
    pairs.stream()
        .filter(Pair::match)
        .forEach(pair -> scorer.tallyMatch(pair.left(), pair.right(), counts));
    List<MatchModel.Parameters> refined = new ArrayList<>();
    for (int a = 0; a < counts.length; a++) {
      MatchModel.Parameters before = model.attributes().get(a);
      List<Double> m = mean(before.m(), counts[a], attributes.get(a).groups());
      refined.add(
          new MatchModel.Parameters(
              before.attribute(),
              before.levels(),
              m,
              before.u(),
              before.given(),
              before.sharing(),
              before.incidental()));
    }
    return new MatchModel(
        refined, model.matchProbability(), model.relativeProbability(), model.moving());
  }

  /** The probabilities of each group of levels remain 1 in all. */
  private static List<Double> mean(List<Double> m, double[] counts, int[] groups) {
    double[] seen = new double[counts.length];
    for (int level = 0; level < counts.length; level++) {
      seen[groups[level]] += counts[level];
    }
    List<Double> mean = new ArrayList<>();
    for (int level = 0; level < counts.length; level++) {
      mean.add((LEARNED * m.get(level) + counts[level]) / (LEARNED + seen[groups[level]]));
    }
    return mean;
  }

  /** Where the derivative of the penalised log-likelihood, which falls, is zero. */
  private double offset(Scorer scorer) {
    double[] weights =
        pairs.stream().mapToDouble(pair -> scorer.weight(pair.left(), pair.right())).toArray();
    double low = -LARGEST_OFFSET;
    double high = LARGEST_OFFSET;
    for (int i = 0; i < HALVINGS; i++) {
      double offset = (low + high) / 2;
      double slope = -offset / (SPREAD * SPREAD);
      for (int p = 0; p < weights.length; p++) {
        double probability = MatchModel.probability(weights[p] + offset);
        slope += (pairs.get(p).match() ? 1 : 0) - probability;
      }
      if (slope > 0) {
        low = offset;
      } else {
        high = offset;
      }
    }
    return (low + high) / 2;
  }
}
