package dev.tributary.predictor.memory;

import dev.tributary.predictor.run.Cluster;
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
  INPUTS_AND_SHARES;

  double[] terms(List<String> names, double[] scales, Map<String, Double> inputs, Cluster cluster) {
    boolean whole = this == INPUTS || this == INPUTS_AND_SHARES;
    boolean share = this == SHARES || this == INPUTS_AND_SHARES;
    double[] terms = new double[1 + (whole ? names.size() : 0) + (share ? names.size() : 0)];
    int at = 0;
    terms[at++] = 1;
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
