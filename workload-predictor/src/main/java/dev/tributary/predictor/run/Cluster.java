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
  /** Most cores that a cluster has in all, and so most workers. */
  public static final int MOST_CORES = 10_000_000;

  /** Checks the ranges. */
  public Cluster {
    Objects.requireNonNull(machineType, "machineType");
    if (!isPossible(workers, coresPerWorker) || !(memoryMbPerWorker > 0)) {
      throw new IllegalArgumentException(
          "a cluster has workers, cores (at most %d in all) and memory, not %d, %d, %s"
              .formatted(MOST_CORES, workers, coresPerWorker, memoryMbPerWorker));
    }
  }

  /** Whether there are both, and no more cores in all than {@link #MOST_CORES}. */
  public static boolean isPossible(long workers, long coresPerWorker) {
    return workers >= 1 && coresPerWorker >= 1 && workers <= MOST_CORES / coresPerWorker;
  }

  /** All cores of the cluster, 1 to {@link #MOST_CORES}. */
  public int cores() {
    return workers * coresPerWorker;
  }
}
