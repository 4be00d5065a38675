package dev.tributary.pipelines.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a figure was measured on, and the readings of this JVM: heap peak and CPU time. */
final class BenchMachine {
  private static final long MEBIBYTE = 1 << 20;

  private BenchMachine() {}

  /** Processors, heap and versions. */
  static Map<String, Object> describe() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("heap_max_mb", Runtime.getRuntime().maxMemory() / MEBIBYTE);
    machine.put("java", System.getProperty("java.version"));
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    machine.put("delta", io.delta.package$.MODULE$.VERSION());
    machine.put("kafka", org.apache.kafka.common.utils.AppInfoParser.getVersion());
    return machine;
  }

  /** Forgets the peaks so far, after a collection. */
  static void resetHeapPeak() {
    System.gc();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** The greatest use of the heap since the reset, in MiB: the sum of its pools' peaks. */
  static long heapPeakMegabytes() {
    return heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MEBIBYTE;
  }

  /** The heap in use now, in MiB. */
  static long heapUsedMegabytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
  }

  /** CPU time of this process so far, in seconds, all threads. */
  static double cpuSeconds() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  private static java.util.stream.Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }
}
