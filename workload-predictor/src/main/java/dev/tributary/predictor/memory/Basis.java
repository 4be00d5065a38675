package dev.tributary.predictor.memory;

import dev.tributary.predictor.run.Cluster;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which terms a memory model has; with coefficients of 0 or more all of them are monotone. */
enum Basis {
  /** The same for every run. */
  CONSTANT,
  /** A part that grows with each input: broadcasts, driver-like state. */
  INPUTS,
  /** A part that grows with each input's share of a worker: partitions, caches. */
  SHARES,
  /** Both. */
  INPUTS_AND_SHARES,
  /** The same for every run, and garbage, which grows with the memory that is there. */
  CONSTANT_AND_GARBAGE,
  /** Inputs and garbage. */
  INPUTS_AND_GARBAGE,
  /** Shares and garbage. */
  SHARES_AND_GARBAGE;

  private static final double MB_PER_TERM = 1000;

  /** Whether workers share the work. */
  boolean hasShares() {
    return this == SHARES || this == INPUTS_AND_SHARES || this == SHARES_AND_GARBAGE;
  }

  private boolean hasInputs() {
    return this == INPUTS || this == INPUTS_AND_SHARES || this == INPUTS_AND_GARBAGE;
  }

  /** Whether garbage is a term. */
  boolean hasGarbage() {
    return ordinal() >= CONSTANT_AND_GARBAGE.ordinal();
  }

  /**
   * Those that runs can tell: garbage is told from work only by a workload that was measured in
   * several memories.
   */
  static List<Basis> toldBy(Collection<List<Evidence>> workloads) {
    boolean garbage =
        workloads.stream()
            .anyMatch(
                own ->
                    own.stream()
                            .mapToDouble(run -> run.cluster().memoryMbPerWorker())
                            .distinct()
                            .count()
                        > 1);
    return Arrays.stream(values()).filter(basis -> garbage || !basis.hasGarbage()).toList();
  }

  double[] terms(List<String> names, double[] scales, Map<String, Double> inputs, Cluster cluster) {
    boolean whole = hasInputs();
    boolean share = hasShares();
    double[] terms =
        new double
            [1 + (whole ? names.size() : 0) + (share ? names.size() : 0) + (hasGarbage() ? 1 : 0)];
    int at = 0;
    terms[at++] = 1;
    if (hasGarbage()) {
      terms[terms.length - 1] = cluster.memoryMbPerWorker() / MB_PER_TERM;
    }
    for (int i = 0; i < names.size() && (whole || share); i++) {
      double value = Math.max(0, inputs.getOrDefault(names.get(i), scales[i])) / scales[i];
      if (whole) {
        terms[at++] = value;
      }
      if (share) {
        terms[at++] = value / cluster.workers();
      }
    }
    return terms;
  }
}
