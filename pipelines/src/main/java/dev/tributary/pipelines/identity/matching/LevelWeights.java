package dev.tributary.pipelines.identity.matching;

/**
 * The m and u probabilities of one attribute's levels: how often a level is seen between records of
 * one entity and between records of two.
 */
final class LevelWeights {
  private final double[] m;
  private final double[] u;
  private final double[] logM;
  private final double[] logU;

  LevelWeights(double[] m, double[] u) {
    this.m = m.clone();
    this.u = u.clone();
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

  double m(int level) {
    return m[level];
  }

  double u(int level) {
    return u[level];
  }

  /** The weight of what was seen: the logarithm of the likelihood ratio, in nats. */
  double weight(Evidence evidence) {
    double weight = 0;
    for (int i = 0; i < evidence.size(); i++) {
      weight += weight(evidence.level(i), evidence.logFrequency(i));
    }
    return weight;
  }

  /**
   * Two entities agree on a value as often as it is frequent: where the value is known its
   * frequency stands for u (term-frequency adjustment, Winkler 2000).
   */
  double weight(int level, double logFrequency) {
    return logM[level] - (Double.isNaN(logFrequency) ? logU[level] : logFrequency);
  }
}
