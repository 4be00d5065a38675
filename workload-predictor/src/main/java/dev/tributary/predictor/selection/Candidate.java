package dev.tributary.predictor.selection;

import java.util.List;
import java.util.Objects;

/**
 * A configuration that a job could run on.
 *
 * @param key values that name it, e.g. machine type and number of nodes; equal keys are the same
 *     configuration
 * @param nodes number of machines, at least 1
 * @param coresPerNode cores of a machine, above 0; NaN where not known
 * @param memoryGbPerNode memory of a machine, GB, above 0; NaN where not known
 * @param pricePerHour price of the whole configuration, per hour, above 0
 */
public record Candidate(
    List<String> key,
    double nodes,
    double coresPerNode,
    double memoryGbPerNode,
    double pricePerHour) {
  /** Checks the ranges. */
  public Candidate {
    key = List.copyOf(key);
    if (!(nodes >= 1) || coresPerNode <= 0 || memoryGbPerNode <= 0 || !(pricePerHour > 0)) {
      throw new IllegalArgumentException(
          "candidate %s has no nodes, cores, memory or price: %s, %s, %s, %s"
              .formatted(key, nodes, coresPerNode, memoryGbPerNode, pricePerHour));
    }
    Objects.requireNonNull(key, "key");
  }

  /** Memory of all machines, GB; NaN where not known. */
  double memoryGb() {
    return nodes * memoryGbPerNode;
  }

  /** Whether cores and memory of a machine are known. */
  boolean hasShape() {
    return Double.isFinite(coresPerNode) && Double.isFinite(memoryGbPerNode);
  }
}
