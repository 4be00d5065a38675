package dev.tributary.pipelines.identity.matching;

/**
 * The m and u probabilities of one attribute's levels: how often a level is seen between records of
 * one entity and between records of two.
 */
final class LevelWeights {
  private final double[] logM;
  private final double[] logU;

  LevelWeights(double[] m, double[] u) {
    this.logM = logs(m);
    this.logU = logs(u);
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

  double weight(Evidence evidence, int i, double[] lift) {
    int level = evidence.level(i);
    double logFrequency = evidence.logFrequency(i);
    double log = Double.isNaN(logFrequency) ? logU[level] : logFrequency;
    return logM[level] - (lift == null ? log : Math.min(0, log + lift[level]));
  }
}
