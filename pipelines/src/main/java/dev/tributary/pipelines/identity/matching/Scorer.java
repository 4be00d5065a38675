package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares records under a model. Remembers comparisons of values; one a thread. */
final class Scorer {
  private static final double NOTABLE = 1e-6;

  private final Attribute[] attributes;
  private final LevelCache[] caches;
  private final Evidence[] evidence;
  private final MatchModel model;
  private final double[] weights;
  private final double[] againstRelatives;
  private final double prior;

  Scorer(List<Attribute> attributes, MatchModel model) {
    this.attributes = attributes.toArray(Attribute[]::new);
    this.caches = new LevelCache[this.attributes.length];
    this.evidence = new Evidence[this.attributes.length];
    Arrays.setAll(caches, a -> new LevelCache());
    Arrays.setAll(evidence, a -> new Evidence());
    this.weights = new double[this.attributes.length];
    this.againstRelatives = new double[this.attributes.length];
    this.model = model;
    this.prior = model.priorWeight();
  }

  double prior() {
    return prior;
  }

  int attributes() {
    return attributes.length;
  }

  boolean missing(int attribute, int record) {
    return attributes[attribute].missing(record);
  }

  private long compare(int left, int right) {
    long agrees = 0;
    for (int a = 0; a < attributes.length; a++) {
      evidence[a].clear();
      attributes[a].compare(left, right, caches[a], evidence[a]);
      if (evidence[a].size() == 1 && evidence[a].level(0) >= attributes[a].agreement()) {
        agrees |= 1L << a;
      }
    }
    return agrees;
  }

  /** The weight for a match of two records in nats, the prior's among it. */
  double weight(int left, int right) {
    double stayed = prior + model.weigh(evidence, compare(left, right), weights);
    return againstAll(stayed, model.moved(weights));
  }

  /**
   * The weight of the pair compared last.
   *
   * @param stayed its weight against strangers alone if nobody moves
   * @param moved see {@link MatchModel#moved}
   */
  private double againstAll(double stayed, double moved) {
    double strangers = stayed + moved;
    if (!model.relatives() || strangers < Clustering.NEAR) {
      return strangers;
    }
    double relatives = model.weighAgainstRelatives(evidence, againstRelatives);
    return model.against(strangers, relatives + moved);
  }

  /** Whether there are persons of one household to be told apart. */
  boolean relatives() {
    return model.relatives();
  }

  /** See {@link MatchModel#moved}. */
  double moved(double[] each) {
    return model.moved(each);
  }

  /** See {@link MatchModel#against}. */
  double against(double strangers, double relatives) {
    return model.against(strangers, relatives);
  }

  /**
   * The weight of each attribute in nats, 0 where either record says nothing.
   *
   * @param strangers takes those against strangers
   * @param relatives takes those against two persons of one household, where there are any
   */
  void weigh(int left, int right, double[] strangers, double[] relatives) {
    long agrees = compare(left, right);
    model.weigh(evidence, agrees, strangers);
    if (model.relatives()) {
      model.weighAgainstRelatives(evidence, relatives);
    }
  }

  /** Counts the levels of a pair. */
  void tally(int left, int right, double[][] counts) {
    compare(left, right);
    for (int a = 0; a < attributes.length; a++) {
      for (int i = 0; i < evidence[a].size(); i++) {
        counts[a][evidence[a].level(i)]++;
      }
    }
  }

  /** Counts the levels of a match; those of its places as likely as it has stayed there. */
  void tallyMatch(int left, int right, double[][] counts) {
    model.weigh(evidence, compare(left, right), weights);
    double stayed = model.stayed(model.moved(weights));
    for (int a = 0; a < attributes.length; a++) {
      for (int i = 0; i < evidence[a].size(); i++) {
        counts[a][evidence[a].level(i)] += model.isPlace(a) ? stayed : 1;
      }
    }
  }

  /** Keeps what the comparison of two records shows. */
  void keep(int left, int right, PairSample sample) {
    sample.add(evidence, compare(left, right));
  }

  /** What the possibilities add that who is one has moved, or that they are of one household. */
  private void possibilities(long agrees, List<ComparisonOutcome> outcomes) {
    double stayed = prior + model.weigh(evidence, agrees, weights);
    double moved = model.moved(weights);
    possibility("moving", "who is one may have moved", moved).ifPresent(outcomes::add);
    double less = againstAll(stayed, moved) - stayed - moved;
    possibility("household", "two of one household agree so", less).ifPresent(outcomes::add);
  }

  private static Optional<ComparisonOutcome> possibility(String name, String label, double adds) {
    return Math.abs(adds) < NOTABLE
        ? Optional.empty()
        : Optional.of(
            new ComparisonOutcome(name, "", "", List.of(new ComparisonOutcome.Level(label, adds))));
  }

  /** What each attribute says of two records. */
  List<ComparisonOutcome> explain(int left, int right) {
    long agrees = compare(left, right);
    List<ComparisonOutcome> outcomes = new ArrayList<>();
    for (int a = 0; a < attributes.length; a++) {
      List<ComparisonOutcome.Level> levels = new ArrayList<>();
      for (int i = 0; i < evidence[a].size(); i++) {
        levels.add(
            new ComparisonOutcome.Level(
                attributes[a].levels().get(evidence[a].level(i)),
                model.weight(a, evidence[a], i, agrees)));
      }
      outcomes.add(
          new ComparisonOutcome(
              attributes[a].name(), attributes[a].show(left), attributes[a].show(right), levels));
    }
    possibilities(agrees, outcomes);
    return outcomes;
  }
}
