package dev.tributary.predictor.recommend;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What the user has decided and nobody changes.
 *
 * @param machineType of the workers
 * @param workers how many
 * @param sparkConf Spark settings, by key
 */
public record Enforced(
    Optional<String> machineType, OptionalInt workers, Map<String, String> sparkConf) {
  /** Nothing is enforced. */
  public static final Enforced NOTHING =
      new Enforced(Optional.empty(), OptionalInt.empty(), Map.of());

  /** Checks and copies. */
  public Enforced {
    Objects.requireNonNull(machineType, "machineType");
    Objects.requireNonNull(workers, "workers");
    sparkConf = java.util.Collections.unmodifiableMap(new TreeMap<>(sparkConf));
  }

  /** A setting, where it is enforced. */
  public Optional<String> conf(String key) {
    return Optional.ofNullable(sparkConf.get(key));
  }

  /** Workers, enforced as such or by {@code spark.executor.instances}. */
  public OptionalInt allWorkers() {
    return workers.isPresent() ? workers : SparkConf.integer(sparkConf, SparkConf.INSTANCES);
  }

  /** The heap that is enforced, MiB. */
  public Optional<Long> heapMib() {
    return conf(SparkConf.MEMORY).map(value -> SparkConf.mib(SparkConf.MEMORY, value));
  }

  /** The overhead beside the heap that is enforced, MiB. */
  public Optional<Long> overheadMib() {
    return conf(SparkConf.OVERHEAD).map(value -> SparkConf.mib(SparkConf.OVERHEAD, value));
  }

  /** Fewest executors, one a worker, that dynamic allocation is told to begin or to stay with. */
  int leastExecutors() {
    return isStatic()
        ? 0
        : Math.max(
            SparkConf.integer(sparkConf, SparkConf.DYNAMIC_MIN).orElse(0),
            SparkConf.integer(sparkConf, SparkConf.DYNAMIC_INITIAL).orElse(0));
  }

  /** Most executors, one a worker, that dynamic allocation is allowed. */
  OptionalInt mostExecutors() {
    return isStatic() ? OptionalInt.empty() : SparkConf.integer(sparkConf, SparkConf.DYNAMIC_MAX);
  }

  /** Whether dynamic allocation is off, so that its bounds mean nothing. */
  boolean isStatic() {
    return conf(SparkConf.DYNAMIC).map(String::strip).filter("false"::equalsIgnoreCase).isPresent();
  }

  /** The off-heap memory that is enforced, MiB; 0 where none is enabled. */
  public long offHeapMib() {
    return conf(SparkConf.OFF_HEAP_ENABLED).map(Boolean::parseBoolean).orElse(false)
        ? conf(SparkConf.OFF_HEAP_SIZE)
            .map(value -> SparkConf.mibOfBytes(SparkConf.OFF_HEAP_SIZE, value))
            .orElse(0L)
        : 0;
  }
}
