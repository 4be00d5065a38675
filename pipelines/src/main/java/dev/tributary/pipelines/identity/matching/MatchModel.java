package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
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
  private final double relativeProbability;
  private final Moving moving;
  private final int[] places;

  /**
   * One attribute's parameters.
   *
   * @param levels labels, as many as m and u probabilities
   * @param given for attributes that this one depends on: the logarithm of how many times likelier
   *     each level is between two entities that agree in the other attribute
   * @param sharing for each level how often two persons of one household agree or differ in it as
   *     one person's records do, 0 to 1; empty where there are no households
   * @param incidental the probability that it says nothing of who a record is of, 0 to 1
   */
  public record Parameters(
      String attribute,
      List<String> levels,
      List<Double> m,
      List<Double> u,
      Map<String, List<Double>> given,
      List<Double> sharing,
      double incidental) {
    /** Checks that there are as many labels as probabilities. */
    public Parameters {
      if (levels.size() != m.size() || m.size() != u.size()) {
        throw new IllegalArgumentException("levels, m and u of " + attribute + " differ in number");
      }
      levels = List.copyOf(levels);
      m = List.copyOf(m);
      u = List.copyOf(u);
      given = Collections.unmodifiableMap(new TreeMap<>(given));
      sharing = sharing == null ? List.of() : List.copyOf(sharing);
      if (!(incidental >= 0 && incidental <= 1)) {
        throw new IllegalArgumentException(
            "incidental " + incidental + " of " + attribute + " not in [0,1]");
      }
      if (!sharing.isEmpty() && sharing.size() != levels.size()) {
        throw new IllegalArgumentException("levels and sharing of " + attribute + " differ");
      }
    }
  }

  /**
   * @param matchProbability that two random records match, in (0, 1)
   * @param relativeProbability that they are of two persons of one household, in [0, 1)
   * @param moving who is one may have moved
   */
  public MatchModel(
      List<Parameters> attributes,
      double matchProbability,
      double relativeProbability,
      Moving moving) {
    if (!(matchProbability > 0 && matchProbability < 1)) {
      throw new IllegalArgumentException("match probability " + matchProbability + " not in (0,1)");
    }
    if (!(relativeProbability >= 0 && relativeProbability < 1)) {
      throw new IllegalArgumentException(
          "probability of relatives " + relativeProbability + " not in [0,1)");
    }
    this.attributes = List.copyOf(attributes);
    this.matchProbability = matchProbability;
    this.relativeProbability = relativeProbability;
    this.moving = moving;
    List<String> names = this.attributes.stream().map(Parameters::attribute).toList();
    if (!names.containsAll(moving.places())) {
      throw new IllegalArgumentException(
          "places " + moving.places() + " are not all among the attributes " + names);
    }
    this.places = moving.places().stream().mapToInt(names::indexOf).toArray();
    this.weights =
        attributes.stream()
            .map(
                one ->
                    new LevelWeights(
                        array(one.m()), array(one.u()), array(one.sharing()), one.incidental()))
            .toList();
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

  /** The probability that two random records are of two persons of one household; 0 for none. */
  public double relativeProbability() {
    return relativeProbability;
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

  /** How likely who is one has moved. */
  public Moving moving() {
    return moving;
  }

  boolean isPlace(int attribute) {
    return Arrays.stream(places).anyMatch(place -> place == attribute);
  }

  /**
   * What it adds to the weight for a match, in nats, that who is one may have moved: a little less
   * than nothing where the places agree, and so much where they differ that of their weights
   * remains what moving is unlikely.
   *
   * @param each the weight of each attribute against strangers
   */
  double moved(double[] each) {
    if (places.length == 0) {
      return 0;
    }
    double stayed = 0;
    for (int place : places) {
      stayed += each[place];
    }
    double probability = moving.probability();
    return Math.log(1 - probability + probability * Math.exp(-stayed));
  }

  /**
   * The probability that who is one has stayed where he was.
   *
   * @param moved what {@link #moved} gave
   */
  double stayed(double moved) {
    return (1 - moving.probability()) * Math.exp(-moved);
  }

  /** Whether there are persons of one household to be told apart. */
  boolean relatives() {
    return relativeProbability > 0;
  }

  /**
   * The weight of each attribute against two persons of one household, in nats.
   *
   * @return their sum, without the prior
   */
  double weighAgainstRelatives(Evidence[] evidence, double[] each) {
    double sum = 0;
    for (int a = 0; a < evidence.length; a++) {
      each[a] = weights.get(a).againstRelatives(evidence[a]);
      sum += each[a];
    }
    return sum;
  }

  /**
   * The weight for a match against all that is none, in nats.
   *
   * @param strangers the weight against strangers, prior included
   * @param relatives the weight against two persons of one household, without the prior
   */
  double against(double strangers, double relatives) {
    double other = Math.log(matchProbability / relativeProbability) + relatives;
    double less = Math.min(strangers, other);
    return less - Math.log1p(Math.exp(less - Math.max(strangers, other)));
  }

  /**
   * The probability that two records are of two persons of one household.
   *
   * @param weight for a match against all that is none, in nats
   * @param relatives the weight against two persons of one household, without the prior
   */
  double relatives(double weight, double relatives) {
    double match = Math.min(weight, 0) - Math.log1p(Math.exp(-Math.abs(weight)));
    return Math.exp(match - relatives) * relativeProbability / matchProbability;
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
