package dev.tributary.predictor.memory;

import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.run.Cluster;
import java.util.Map;

/**
 * A model of an executor's memory. What it predicts is the peak that will be measured in the memory
 * of the cluster, garbage included; what an executor is to be given is a question of its own.
 */
public interface ExecutorMemory extends JobModel {
  /**
   * Heap and off-heap memory, MB, that suffices, beginning from an executor that has the cluster's
   * memory a worker: ask again with the answer while it falls.
   *
   * @param confidence as in {@link #predict}
   */
  double sufficientMb(Cluster cluster, Map<String, Double> inputs, double confidence);

  /** The same of any model; of one that only predicts peaks, their bound. */
  static double sufficientMb(
      JobModel model, Cluster cluster, Map<String, Double> inputs, double confidence) {
    return model instanceof ExecutorMemory sizing
        ? sizing.sufficientMb(cluster, inputs, confidence)
        : model.predict(cluster, inputs, confidence).upper();
  }
}
