package dev.tributary.predictor.memory;

import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run says of the need of memory.
 *
 * @param inputs of the run
 * @param cluster of the run
 * @param memoryMb what a worker had: an executor had no more
 * @param executorMb what the executor had of it, where the run says so; else NaN
 * @param peakMb what it held at most, above 0; NaN where not measured or where the run ran out of
 *     memory
 * @param finished whether it did with what it had
 * @param outOfMemory whether it needed more than it had
 */
record Evidence(
    Map<String, Double> inputs,
    Cluster cluster,
    double memoryMb,
    double executorMb,
    double peakMb,
    boolean finished,
    boolean outOfMemory) {
  /** Over the memory of an executor that did not do. */
  private static final double RAISE = 1.5;

  /**
   * Over the memory of a worker that did not do, where the executor's part is not known: the next
   * size of machine, twice as large, leaves an executor that much on every platform.
   */
  private static final double RAISE_OF_WORKER = 1.3;

  private static final double SIMILAR = 1.25;

  static Evidence of(Run run) {
    boolean measured = run.outcome() == Outcome.FINISHED && run.peakMemoryMb().orElse(0) > 0;
    double executor = run.features().getOrDefault(MemoryModels.EXECUTOR_MEMORY, 0.0);
    return new Evidence(
        run.inputs(),
        run.cluster(),
        executor > 0 ? executor : run.cluster().memoryMbPerWorker(),
        executor > 0 ? executor : Double.NaN,
        measured ? run.peakMemoryMb().getAsDouble() : Double.NaN,
        run.outcome().isFinished(),
        run.outcome() == Outcome.OUT_OF_MEMORY);
  }

  /** What is the same work: all but the memory that was there. */
  static Object workload(Map<String, Double> inputs, Cluster cluster) {
    return List.of(inputs, cluster.workers(), cluster.coresPerWorker());
  }

  /** Runs by {@link #workload}, in the order in which each is seen first. */
  static Map<Object, List<Evidence>> byWorkload(List<Evidence> runs) {
    Map<Object, List<Evidence>> groups = new LinkedHashMap<>();
    for (Evidence run : runs) {
      groups.computeIfAbsent(workload(run.inputs, run.cluster), key -> new ArrayList<>()).add(run);
    }
    return groups;
  }

  boolean measured() {
    return !Double.isNaN(peakMb);
  }

  /** What to try after this run ran out of memory. */
  double raisedMb() {
    return Double.isNaN(executorMb) ? memoryMb * RAISE_OF_WORKER : executorMb * RAISE;
  }

  Evidence withPeak(double mb) {
    return new Evidence(inputs, cluster, memoryMb, executorMb, mb, finished, outOfMemory);
  }

  /** Whether an executor of this run had at least the work of an executor of the other. */
  boolean atLeast(Map<String, Double> others, Cluster other) {
    if (cluster.workers() > other.workers()
        || cluster.coresPerWorker() < other.coresPerWorker()
        || !inputs.keySet().containsAll(others.keySet())) {
      return false;
    }
    return others.entrySet().stream()
        .allMatch(input -> inputs.get(input.getKey()) >= input.getValue() * (1 - 1e-9));
  }

  boolean atLeast(Evidence other) {
    return atLeast(other.inputs, other.cluster);
  }

  /** Whether this run had no more work than these inputs are. */
  boolean isWithin(Map<String, Double> others) {
    return inputs.entrySet().stream()
        .allMatch(
            input ->
                input.getValue()
                    <= others.getOrDefault(input.getKey(), Double.POSITIVE_INFINITY) * (1 + 1e-9));
  }

  /** Whether this run had no more work than these inputs are, give or take a quarter. */
  boolean comparable(Map<String, Double> others) {
    return inputs.entrySet().stream()
        .allMatch(
            input ->
                input.getValue()
                    <= others.getOrDefault(input.getKey(), Double.POSITIVE_INFINITY) * SIMILAR);
  }
}
