package dev.tributary.predictor.model;

import dev.tributary.predictor.run.Cluster;
import java.util.Map;

/** A fitted model of one job's quantity (runtime in seconds, peak memory in MB, CPU share). */
public interface JobModel {
  /**
   * Predicts a run that has not been.
   *
   * @param cluster the candidate
   * @param inputs as in {@link dev.tributary.predictor.run.Run#inputs}
   * @param confidence probability that the interval is to cover, (0, 1)
   */
  Prediction predict(Cluster cluster, Map<String, Double> inputs, double confidence);
}
