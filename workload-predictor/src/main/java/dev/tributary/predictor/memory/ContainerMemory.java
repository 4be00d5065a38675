package dev.tributary.predictor.memory;

/**
 * The parts of an executor's container, MiB, as Spark 4 adds them up: heap ({@code
 * spark.executor.memory}), overhead ({@code spark.executor.memoryOverhead}: by default the greater
 * of 384 MiB and a share of the heap, 10 %, or 40 % for what is not JVM on Kubernetes), and
 * off-heap ({@code spark.memory.offHeap.size}, where that is enabled).
 *
 * @param heapMib at least {@link #LEAST_HEAP_MIB}
 * @param overheadMib at least 0
 * @param offHeapMib at least 0
 */
public record ContainerMemory(long heapMib, long overheadMib, long offHeapMib) {
  /** Spark refuses a heap below 1.5 times the 300 MiB that it reserves. */
  public static final long LEAST_HEAP_MIB = 512;

  /** Share of the heap beside it, for JVM jobs. */
  public static final double JVM_FACTOR = 0.10;

  /** The same for PySpark and SparkR on Kubernetes. */
  public static final double NON_JVM_FACTOR = 0.40;

  private static final long LEAST_OVERHEAD_MIB = 384;
  private static final double MB_PER_MIB = 1.048576;

  /** Checks the ranges. */
  public ContainerMemory {
    if (heapMib < LEAST_HEAP_MIB || overheadMib < 0 || offHeapMib < 0) {
      throw new IllegalArgumentException(
          "a container has a heap of %d MiB or more, not %d + %d + %d"
              .formatted(LEAST_HEAP_MIB, heapMib, overheadMib, offHeapMib));
    }
  }

  /**
   * The container for a peak.
   *
   * @param peakMb most that the executor will hold, heap and off-heap, MB
   * @param factor share of overhead
   * @param offHeapMib off-heap memory that Spark is told to use; the heap holds the rest
   */
  public static ContainerMemory holding(double peakMb, double factor, long offHeapMib) {
    long peak = (long) Math.ceil(peakMb / MB_PER_MIB);
    return of(Math.max(LEAST_HEAP_MIB, peak - offHeapMib), factor, offHeapMib);
  }

  /** The container around a heap. */
  public static ContainerMemory of(long heapMib, double factor, long offHeapMib) {
    return new ContainerMemory(heapMib, overhead(heapMib, factor), offHeapMib);
  }

  /** The greatest heap that fits, with its overhead, into so much; may be below the least. */
  public static long heapWithin(double availableMib, double factor, long offHeapMib) {
    double rest = availableMib - offHeapMib;
    long heap = (long) Math.floor(Math.min(rest - LEAST_OVERHEAD_MIB, rest / (1 + factor)));
    while (heap > 0 && heap + overhead(heap, factor) > rest) {
      heap--;
    }
    return heap;
  }

  /** All of it, MiB. */
  public long totalMib() {
    return heapMib + overheadMib + offHeapMib;
  }

  /** What the job itself can hold, heap and off-heap, MB. */
  public double usableMb() {
    return (heapMib + offHeapMib) * MB_PER_MIB;
  }

  private static long overhead(long heapMib, double factor) {
    return Math.max(LEAST_OVERHEAD_MIB, (long) Math.ceil(heapMib * factor));
  }
}
