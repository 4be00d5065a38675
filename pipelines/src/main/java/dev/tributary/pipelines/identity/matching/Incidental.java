package dev.tributary.pipelines.identity.matching;

/**
 * Whether a category says anything of who a record is of. The kind of a contract or the list that a
 * name stands on may differ between records of one entity as between those of two. Which it is, is
 * weighed by which makes likelier what the expected matches show: the model's m, which is held to
 * what can be believed of a category that tells, or the levels of strangers (Bayes' rule).
 */
final class Incidental {
  /** How likely a category is held to say nothing before there is data. */
  private static final double BELIEVED = 0.1;

  /** What is less likely, or less unlikely, is not weighed in every comparison. */
  private static final double NOTABLE = 1e-6;

  private Incidental() {}

  /**
   * The probability that it says nothing.
   *
   * @param matched expected matches by level, from 0 on
   * @param m probability of each level between matches if it tells, above 0, 1 in all
   * @param u probability of each level between strangers, above 0, 1 in all
   */
  static double probability(double[] matched, double[] m, double[] u) {
    double telling = Math.log(1 - BELIEVED);
    double saysNothing = Math.log(BELIEVED);
    for (int level = 0; level < u.length; level++) {
      telling += matched[level] * Math.log(m[level]);
      saysNothing += matched[level] * Math.log(u[level]);
    }
    double probability = MatchModel.probability(saysNothing - telling);
    return probability < NOTABLE ? 0 : probability > 1 - NOTABLE ? 1 : probability;
  }
}
