package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;

/** Compares records under a model. Remembers comparisons of values; one a thread. */
final class Scorer {
  private final Attribute[] attributes;
  private final LevelCache[] caches;
  private final Evidence evidence = new Evidence();
  private final LevelWeights[] weights;
  private final double prior;

  Scorer(List<Attribute> attributes, MatchModel model) {
    this.attributes = attributes.toArray(Attribute[]::new);
    this.caches = new LevelCache[this.attributes.length];
    this.weights = new LevelWeights[this.attributes.length];
    for (int a = 0; a < caches.length; a++) {
      caches[a] = new LevelCache();
      weights[a] = model.weights(a);
    }
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

  /** The weight for a match of two records in nats, the prior's among it. */
  double weight(int left, int right) {
    double weight = prior;
    for (int a = 0; a < attributes.length; a++) {
      weight += weight(a, left, right);
    }
    return weight;
  }

  /** The weight of one attribute, 0 when either record says nothing. */
  double weight(int attribute, int left, int right) {
    evidence.clear();
    attributes[attribute].compare(left, right, caches[attribute], evidence);
    return weights[attribute].weight(evidence);
  }

  /** Adds a pair to the counts of its levels. */
  void tally(int left, int right, double share, double[][] counts) {
    for (int a = 0; a < attributes.length; a++) {
      evidence.clear();
      attributes[a].compare(left, right, caches[a], evidence);
      for (int i = 0; i < evidence.size(); i++) {
        counts[a][evidence.level(i)] += share;
      }
    }
  }

  /** Keeps what each attribute shows of a pair. */
  void keep(int left, int right, PairSample sample) {
    for (int a = 0; a < attributes.length; a++) {
      evidence.clear();
      attributes[a].compare(left, right, caches[a], evidence);
      sample.add(evidence);
    }
  }

  /** What each attribute says of two records. */
  List<ComparisonOutcome> explain(int left, int right) {
    List<ComparisonOutcome> outcomes = new ArrayList<>();
    for (int a = 0; a < attributes.length; a++) {
      evidence.clear();
      attributes[a].compare(left, right, caches[a], evidence);
      List<ComparisonOutcome.Level> levels = new ArrayList<>();
      for (int i = 0; i < evidence.size(); i++) {
        int level = evidence.level(i);
        double weight = weights[a].weight(level, evidence.logFrequency(i));
        levels.add(new ComparisonOutcome.Level(attributes[a].levels().get(level), weight));
      }
      outcomes.add(
          new ComparisonOutcome(
              attributes[a].name(), attributes[a].show(left), attributes[a].show(right), levels));
    }
    return outcomes;
  }
}
