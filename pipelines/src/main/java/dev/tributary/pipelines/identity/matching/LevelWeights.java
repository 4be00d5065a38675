package dev.tributary.pipelines.identity.matching;

/**
 * The m and u probabilities of one attribute's levels: how often a level is seen between records of
 * one entity and between records of two.
 */
final class LevelWeights {
  private final double[] logM;
  private final double[] logU;
  private final double[] m;
  private final double[] u;
  private final double[] sharing;
  private final double incidental;

  /**
   * @param sharing of each level, see {@link Attribute#sharing}; empty where there are no
   *     households
   * @param incidental the probability that all of it is said by chance
   */
  LevelWeights(double[] m, double[] u, double[] sharing, double incidental) {
    this.incidental = incidental;
    this.logM = logs(m);
    this.logU = logs(u);
    this.m = m;
    this.u = u;
    this.sharing = sharing;
  }

  private static double[] logs(double[] probabilities) {
    double[] logs = new double[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(probabilities[i]);
    }
    return logs;
  }

  /**
   * The weight of what was seen: the logarithm of the likelihood ratio, in nats.
   *
   * @param lift what another attribute that agrees adds to each level's log u; null for nothing
   */
  double weight(Evidence evidence, double[] lift) {
    double weight = 0;
    for (int i = 0; i < evidence.size(); i++) {
      weight += weight(evidence, i, lift);
    }
    return weight;
  }

  /** The weight against two persons of one household, in nats. */
  double againstRelatives(Evidence evidence) {
    double weight = 0;
    for (int i = 0; i < evidence.size(); i++) {
      int level = evidence.level(i);
      double logFrequency = evidence.logFrequency(i);
      double chance = Double.isNaN(logFrequency) ? u[level] : Math.exp(logFrequency);
      double shared = sharing[level];
      weight += doubted(logM[level] - Math.log(shared * m[level] + (1 - shared) * chance));
    }
    return weight;
  }

  double weight(Evidence evidence, int i, double[] lift) {
    int level = evidence.level(i);
    double logFrequency = evidence.logFrequency(i);
    double log = Double.isNaN(logFrequency) ? logU[level] : logFrequency;
    return doubted(logM[level] - (lift == null ? log : Math.min(0, log + lift[level])));
  }

  private double doubted(double weight) {
    if (incidental == 0 || incidental == 1) {
      return incidental == 0 ? weight : 0;
    }
    return Math.log(incidental + (1 - incidental) * Math.exp(weight));
  }
}
