package dev.tributary.predictor.run;

import java.util.Objects;

/**
 * The machines that a run had, or would have.
 *
 * @param machineType the cloud's name of a worker, e.g. {@code m5.2xlarge}; "local" for one machine
 * @param workers number of workers, at least 1
 * @param coresPerWorker at least 1
 * @param memoryMbPerWorker memory of a worker, MB (10⁶ bytes), above 0
 */
public record Cluster(
    String machineType, int workers, int coresPerWorker, double memoryMbPerWorker) {
  /** Checks the ranges. */
  public Cluster {
    Objects.requireNonNull(machineType, "machineType");
    if (workers < 1 || coresPerWorker < 1 || !(memoryMbPerWorker > 0)) {
      throw new IllegalArgumentException(
          "a cluster has workers, cores and memory, not %d, %d, %s"
              .formatted(workers, coresPerWorker, memoryMbPerWorker));
    }
  }

  /** All cores of the cluster. */
  public int cores() {
    return workers * coresPerWorker;
  }
}
