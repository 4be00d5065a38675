package dev.tributary.pipelines.identity.matching;

import java.util.List;

/**
 * A Fellegi–Sunter model (Fellegi and Sunter 1969, A theory for record linkage): per attribute and
 * level the m and u probabilities, and the probability that two records taken at random are of one
 * entity.
 */
public final class MatchModel {
  private final List<Parameters> attributes;
  private final List<LevelWeights> weights;
  private final double matchProbability;

  /**
   * One attribute's parameters.
   *
   * @param levels labels, as many as m and u probabilities
   */
  public record Parameters(String attribute, List<String> levels, List<Double> m, List<Double> u) {
    /** Checks that there are as many labels as probabilities. */
    public Parameters {
      if (levels.size() != m.size() || m.size() != u.size()) {
        throw new IllegalArgumentException("levels, m and u of " + attribute + " differ in number");
      }
      levels = List.copyOf(levels);
      m = List.copyOf(m);
      u = List.copyOf(u);
    }
  }

  /**
   * @param matchProbability that two random records match, in (0, 1)
   */
  public MatchModel(List<Parameters> attributes, double matchProbability) {
    if (!(matchProbability > 0 && matchProbability < 1)) {
      throw new IllegalArgumentException("match probability " + matchProbability + " not in (0,1)");
    }
    this.attributes = List.copyOf(attributes);
    this.matchProbability = matchProbability;
    this.weights =
        attributes.stream().map(one -> new LevelWeights(array(one.m()), array(one.u()))).toList();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The parameters, in the order of the attributes. */
  public List<Parameters> attributes() {
    return attributes;
  }

  /** The probability that two random records are of one entity. */
  public double matchProbability() {
    return matchProbability;
  }

  /** The logarithm of the odds that two random records match, in nats. */
  double priorWeight() {
    return Math.log(matchProbability / (1 - matchProbability));
  }

  LevelWeights weights(int attribute) {
    return weights.get(attribute);
  }

  /** The probability of a match at a total weight in nats, the prior's among it. */
  static double probability(double weight) {
    return 1 / (1 + Math.exp(-weight));
  }
}
