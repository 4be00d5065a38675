package dev.tributary.predictor.runtime;

import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The columns that a job's runs are modelled by: the cluster, the scale-out first, and every input
 * that all runs have, by name.
 *
 * @param view how a cluster becomes columns
 * @param machineTypes seen, sorted
 * @param inputs common to all runs, sorted
 * @param typical mean of each input, taken where a question leaves it out
 * @param levels values of each input that were seen, rising
 */
record RunFeatures(
    View view,
    List<String> machineTypes,
    List<String> inputs,
    Map<String, Double> typical,
    Map<String, List<Double>> levels) {
  /** How a cluster becomes columns. */
  enum View {
    /** Workers, cores and memory of a worker, an indicator for each machine type but the first. */
    MACHINES,
    /** All cores, in one column. */
    CORES
  }

  private static final int CLUSTER_COLUMNS = 3;

  static RunFeatures of(List<Run> runs, View view) {
    TreeSet<String> types = new TreeSet<>();
    TreeSet<String> inputs = new TreeSet<>(runs.get(0).inputs().keySet());
    for (Run run : runs) {
      types.add(run.cluster().machineType());
      inputs.retainAll(run.inputs().keySet());
    }
    Map<String, Double> typical = new java.util.TreeMap<>();
    Map<String, List<Double>> levels = new java.util.TreeMap<>();
    for (String input : inputs) {
      List<Double> values = runs.stream().map(run -> run.inputs().get(input)).sorted().toList();
      typical.put(input, values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
      levels.put(input, values.stream().distinct().toList());
    }
    return new RunFeatures(view, List.copyOf(types), List.copyOf(inputs), typical, levels);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    if (view == View.CORES) {
      names.add("cores");
    } else {
      names.addAll(List.of("workers", "cores_per_worker", "memory_mb_per_worker"));
      machineTypes.stream().skip(1).forEach(type -> names.add("machine_type=" + type));
    }
    names.addAll(inputs);
    return names;
  }

  double[][] rows(List<Run> runs) {
    return runs.stream().map(run -> row(run.cluster(), run.inputs())).toArray(double[][]::new);
  }

  double[] row(Cluster cluster, Map<String, Double> given) {
    double[] row = new double[inputsFrom() + inputs.size()];
    describe(cluster, row);
    for (int input = 0; input < inputs.size(); input++) {
      String name = inputs.get(input);
      row[inputsFrom() + input] = given.getOrDefault(name, typical.get(name));
    }
    return row;
  }

  private void describe(Cluster cluster, double[] row) {
    if (view == View.CORES) {
      row[0] = cluster.cores();
      return;
    }
    row[0] = cluster.workers();
    row[1] = cluster.coresPerWorker();
    row[2] = cluster.memoryMbPerWorker();
    for (int type = 1; type < machineTypes.size(); type++) {
      row[CLUSTER_COLUMNS + type - 1] =
          machineTypes.get(type).equals(cluster.machineType()) ? 1 : 0;
    }
  }

  /** Column of the first input. */
  int inputsFrom() {
    return view == View.CORES ? 1 : CLUSTER_COLUMNS + machineTypes.size() - 1;
  }
}
