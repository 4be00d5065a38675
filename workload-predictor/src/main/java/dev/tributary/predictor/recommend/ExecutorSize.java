package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.price.Offer;
import java.util.Optional;

/**
 * The memory of an executor, one a machine, by the platform and by what is enforced: heap, overhead
 * or its factor, and off-heap memory. A platform that sets executors itself heeds only the last.
 */
record ExecutorSize(Platform platform, boolean nonJvm, Enforced enforced) {
  static ExecutorSize of(Request request) {
    return of(request.constraints(), request.platform());
  }

  static ExecutorSize of(Constraints constraints, Platform platform) {
    return new ExecutorSize(platform, constraints.nonJvm(), constraints.enforced());
  }

  /** The heap that is enforced, MiB. */
  Optional<Long> heapMib() {
    return platform.setsExecutors() ? Optional.empty() : enforced.heapMib();
  }

  /** The overhead that is enforced, MiB. */
  Optional<Long> overheadMib() {
    return platform.setsExecutors() ? Optional.empty() : enforced.overheadMib();
  }

  /** The greatest heap on a machine, MiB; 0 or less where there is none. */
  long mostHeapMib(Offer offer) {
    if (platform.setsExecutors()) {
      return platform.heapMib(offer, nonJvm, enforced.offHeapMib());
    }
    double container = platform.containerMib(offer);
    return overheadMib()
        .map(overhead -> (long) Math.floor(container - enforced.offHeapMib()) - overhead)
        .orElseGet(() -> ContainerMemory.heapWithin(container, factor(), enforced.offHeapMib()));
  }

  /** Whether a machine holds what is enforced, and a heap that Spark starts with. */
  boolean fits(Offer offer) {
    return mostHeapMib(offer) >= heapMib().orElse(ContainerMemory.LEAST_HEAP_MIB);
  }

  /** The executor around a heap of at least {@link ContainerMemory#LEAST_HEAP_MIB}. */
  ContainerMemory around(long heapMib) {
    return overheadMib()
        .map(overhead -> new ContainerMemory(heapMib, overhead, enforced.offHeapMib()))
        .orElseGet(() -> ContainerMemory.of(heapMib, factor(), enforced.offHeapMib()));
  }

  /** The least heap for a peak, MB, of heap and off-heap; MiB. */
  long heapHolding(double peakMb) {
    return ContainerMemory.holding(peakMb, factor(), enforced.offHeapMib()).heapMib();
  }

  /** What is enforced of heap and overhead, e.g. {@code spark.executor.memory=8g}; may be empty. */
  String text() {
    return java.util.stream.Stream.of(
            SparkConf.MEMORY, SparkConf.OVERHEAD, SparkConf.OVERHEAD_FACTOR)
        .filter(key -> !platform.setsExecutors() && enforced.conf(key).isPresent())
        .map(key -> key + "=" + enforced.conf(key).get())
        .collect(java.util.stream.Collectors.joining(" and "));
  }

  private double factor() {
    return enforced
        .conf(SparkConf.OVERHEAD_FACTOR)
        .filter(value -> !platform.setsExecutors())
        .map(value -> SparkConf.share(SparkConf.OVERHEAD_FACTOR, value))
        .orElse(platform.overheadFactor(nonJvm));
  }
}
