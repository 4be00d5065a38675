package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event.MemoryPeaks;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The most that one executor held. Where Spark measured the processes (their resident sets) that is
 * it, else heap, other JVM memory, direct and mapped buffers, each at its own peak: their sum is at
 * least what was held at any moment. Without executor metrics (before Spark 3, or switched off)
 * nothing is claimed.
 */
final class MemoryUse {
  private static final double MB = 1e6;

  private long heap;
  private long offHeap;
  private long beside;
  private long resident;
  private long total;

  void add(MemoryPeaks peaks) {
    if (peaks == null) {
      return;
    }
    long buffers = peaks.direct() + peaks.mapped();
    long processes = peaks.processResident() + peaks.pythonResident() + peaks.otherResident();
    long measured = peaks.heap() + peaks.offHeap() + buffers;
    heap = Math.max(heap, peaks.heap());
    offHeap = Math.max(offHeap, peaks.offHeap() + buffers);
    resident = Math.max(resident, processes);
    total = Math.max(total, Math.max(processes, measured));
    beside = Math.max(beside, Math.max(processes, measured) - peaks.heap());
  }

  /** MB; empty where nothing was measured. */
  OptionalDouble peakMb() {
    return total > 0 ? OptionalDouble.of(total / MB) : OptionalDouble.empty();
  }

  void features(Map<String, Double> into) {
    if (total > 0) {
      into.put("peak_heap_mb", heap / MB);
      into.put("peak_off_heap_mb", offHeap / MB);
      into.put("peak_overhead_mb", beside / MB);
    }
    if (resident > 0) {
      into.put("peak_resident_mb", resident / MB);
    }
  }
}
