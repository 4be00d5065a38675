package dev.tributary.pipelines.identity.privacy;

/**
 * Where links end, without labels: at the probability that makes the expected F1 greatest (Lipton,
 * Elkan, Naryanaswamy 2014, Optimal thresholding of classifiers to maximize F1).
 *
 * @param count how many of the best pairs are links
 * @param probability least match probability of a link
 */
record Threshold(int count, double probability, double expectedF1) {
  /**
   * @param probabilities match probabilities of the pairs, greatest first
   * @param matches the expected number of matches
   */
  static Threshold of(double[] probabilities, double matches) {
    double correct = 0;
    Threshold best = new Threshold(0, 1, 0);
    for (int i = 0; i < probabilities.length; i++) {
      correct += probabilities[i];
      double f1 = 2 * correct / (i + 1 + matches);
      if (f1 > best.expectedF1) {
        best = new Threshold(i + 1, probabilities[i], f1);
      }
    }
    return best;
  }

  /** The threshold as log2 odds. */
  double weight() {
    double p = Math.min(Math.max(probability, 1e-6), 1 - 1e-6);
    return Math.log(p / (1 - p)) / Math.log(2);
  }
}
