package dev.tributary.pipelines.identity.matching;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Fellegi–Sunter model (Fellegi and Sunter 1969, A theory for record linkage): per attribute and
 * level the m and u probabilities, and the probability that two records taken at random are of one
 * entity.
 */
public final class MatchModel {
  private final List<Parameters> attributes;
  private final List<LevelWeights> weights;
  private final double[][][] lifts;
  private final double matchProbability;

  /**
   * One attribute's parameters.
   *
   * @param levels labels, as many as m and u probabilities
   * @param given for attributes that this one depends on: the logarithm of how many times likelier
   *     each level is between two entities that agree in the other attribute
   */
  public record Parameters(
      String attribute,
      List<String> levels,
      List<Double> m,
      List<Double> u,
      Map<String, List<Double>> given) {
    /** Checks that there are as many labels as probabilities. */
    public Parameters {
      if (levels.size() != m.size() || m.size() != u.size()) {
        throw new IllegalArgumentException("levels, m and u of " + attribute + " differ in number");
      }
      levels = List.copyOf(levels);
      m = List.copyOf(m);
      u = List.copyOf(u);
      given = Collections.unmodifiableMap(new TreeMap<>(given));
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
    this.lifts = lifts(attributes);
  }

  private static double[][][] lifts(List<Parameters> attributes) {
    List<String> names = attributes.stream().map(Parameters::attribute).toList();
    double[][][] lifts = new double[names.size()][names.size()][];
    for (int a = 0; a < lifts.length; a++) {
      for (Map.Entry<String, List<Double>> other : attributes.get(a).given().entrySet()) {
        lifts[a][names.indexOf(other.getKey())] = array(other.getValue());
      }
    }
    return lifts;
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

  /**
   * The weight of each attribute, in nats. What follows from an attribute that agrees is no
   * evidence once more: of several such attributes the one from which most follows counts.
   *
   * @param agrees the attributes that agree, a bit each
   * @return their sum, without the prior
   */
  double weigh(Evidence[] evidence, long agrees, double[] each) {
    double sum = 0;
    for (int a = 0; a < evidence.length; a++) {
      double[] lift = agrees == 0 ? null : lift(a, agrees);
      each[a] = weights.get(a).weight(evidence[a], lift);
      sum += each[a];
    }
    return sum;
  }

  double weight(int attribute, Evidence evidence, int i, long agrees) {
    return weights.get(attribute).weight(evidence, i, lift(attribute, agrees));
  }

  private double[] lift(int attribute, long agrees) {
    double[] strongest = null;
    double most = 0;
    for (long rest = agrees; rest != 0; rest &= rest - 1) {
      double[] lift = lifts[attribute][Long.numberOfTrailingZeros(rest)];
      if (lift != null) {
        double follows = 0;
        for (double level : lift) {
          follows = Math.max(follows, level);
        }
        if (follows > most) {
          most = follows;
          strongest = lift;
        }
      }
    }
    return strongest;
  }

  /** The probability of a match at a total weight in nats, the prior's among it. */
  static double probability(double weight) {
    return 1 / (1 + Math.exp(-weight));
  }
}
