package dev.tributary.pipelines.identity.matching;

import org.apache.commons.math3.special.Gamma;

/**
 * Whether a category says anything of who a record is of. The kind of a contract or the list that a
 * name stands on may differ between records of one entity as between those of two. Which it is, is
 * weighed by how likely either makes what the expected matches show: the Bayes factor (Kass and
 * Raftery 1995) of a Dirichlet-multinomial about what is believed of matches against the levels of
 * strangers.
 */
final class Incidental {
  /** How likely a category is held to say nothing before there is data. */
  private static final double BELIEVED = 0.1;

  /** What is less likely is not weighed in every comparison. */
  private static final double NOTABLE = 1e-6;

  private Incidental() {}

  /**
   * The probability that it says nothing.
   *
   * @param matched expected matches by level, from 0 on
   * @param belief pairs that are believed in before there is data, by level, above 0
   * @param u probability of each level between strangers, above 0, 1 in all
   */
  static double probability(double[] matched, double[] belief, double[] u) {
    double pairs = 0;
    double believed = 0;
    double telling = 0;
    double saysNothing = 0;
    for (int level = 0; level < u.length; level++) {
      pairs += matched[level];
      believed += belief[level];
      telling += Gamma.logGamma(belief[level] + matched[level]) - Gamma.logGamma(belief[level]);
      saysNothing += matched[level] * Math.log(u[level]);
    }
    telling += Gamma.logGamma(believed) - Gamma.logGamma(believed + pairs);
    double probability = 1 / (1 + (1 - BELIEVED) / BELIEVED * Math.exp(telling - saysNothing));
    return probability < NOTABLE ? 0 : probability;
  }
}
