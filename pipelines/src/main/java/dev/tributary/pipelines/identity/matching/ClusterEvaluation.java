package dev.tributary.pipelines.identity.matching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well clusters agree with the truth: over pairs of records, and over records after B-cubed
 * (Bagga and Baldwin 1998). All values are from 0 to 1.
 */
public record ClusterEvaluation(
    long records,
    long clusters,
    long trueClusters,
    double pairwisePrecision,
    double pairwiseRecall,
    double pairwiseF1,
    double bCubedPrecision,
    double bCubedRecall,
    double bCubedF1) {

  /**
   * Compares two partitions.
   *
   * @param found the cluster of each record
   * @param truth the entity of each record, in the same order
   */
  public static <A, B> ClusterEvaluation of(List<A> found, List<B> truth) {
    if (found.size() != truth.size()) {
      throw new IllegalArgumentException(found.size() + " records, " + truth.size() + " truths");
    }
    Map<A, Long> sizes = new HashMap<>();
    Map<B, Long> trueSizes = new HashMap<>();
    Map<Map.Entry<A, B>, Long> both = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      sizes.merge(found.get(i), 1L, Long::sum);
      trueSizes.merge(truth.get(i), 1L, Long::sum);
      both.merge(Map.entry(found.get(i), truth.get(i)), 1L, Long::sum);
    }
    double precision = 0;
    double recall = 0;
    for (Map.Entry<Map.Entry<A, B>, Long> cell : both.entrySet()) {
      double square = (double) cell.getValue() * cell.getValue();
      precision += square / sizes.get(cell.getKey().getKey());
      recall += square / trueSizes.get(cell.getKey().getValue());
    }
    int n = Math.max(1, found.size());
    double right = pairs(both);
    double pairPrecision = share(right, pairs(sizes));
    double pairRecall = share(right, pairs(trueSizes));
    return new ClusterEvaluation(
        found.size(),
        sizes.size(),
        trueSizes.size(),
        pairPrecision,
        pairRecall,
        harmonic(pairPrecision, pairRecall),
        precision / n,
        recall / n,
        harmonic(precision / n, recall / n));
  }

  private static <T> double pairs(Map<T, Long> sizes) {
    return sizes.values().stream().mapToDouble(n -> n * (n - 1.0) / 2).sum();
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 1 : part / whole;
  }

  private static double harmonic(double precision, double recall) {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }
}
