package dev.tributary.predictor.memory;

import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.run.Cluster;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * A model of an executor's memory. What it predicts is the peak that will be measured in the memory
 * of the cluster, garbage included; what an executor is to be given is a question of its own.
 */
public interface ExecutorMemory extends JobModel {
  /** How often at most a smaller size is asked for what suffices for it. */
  int SIZING_STEPS = 4;

  /**
   * Heap and off-heap memory, MB, that suffices, beginning from an executor that has the cluster's
   * memory a worker: ask again with the answer while it falls.
   *
   * @param confidence as in {@link #predict}
   */
  double sufficientMb(Cluster cluster, Map<String, Double> inputs, double confidence);

  /**
   * The size that suffices, told from a greater one: what suffices for one is asked for again while
   * it falls, a few times; each step stays sufficient.
   *
   * @param from the greatest size; itself where it needs as much or more
   * @param sufficient what suffices, told from an executor of a size, in the unit of the sizes
   */
  static double sized(double from, DoubleUnaryOperator sufficient) {
    double size = from;
    for (int step = 0; step < SIZING_STEPS; step++) {
      double next = sufficient.applyAsDouble(size);
      if (next >= size) {
        return size;
      }
      size = next;
    }
    return size;
  }

  /** What suffices by any model; of one that only predicts peaks, their bound. */
  static double sufficientMb(
      JobModel model, Cluster cluster, Map<String, Double> inputs, double confidence) {
    return model instanceof ExecutorMemory sizing
        ? sizing.sufficientMb(cluster, inputs, confidence)
        : model.predict(cluster, inputs, confidence).upper();
  }
}
