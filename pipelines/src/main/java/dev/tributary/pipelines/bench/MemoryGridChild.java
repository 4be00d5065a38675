package dev.tributary.pipelines.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import dev.tributary.pipelines.broker.ChildJvm;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.spark.sql.SparkSession;

/** One run of a {@link MemoryJob} in a JVM of its own, which then says what it took. */
final class MemoryGridChild {
  static final String RESULT = "memory-grid ";

  private static final Set<String> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  private final AtomicLong peak = new AtomicLong();
  private final AtomicLong live = new AtomicLong();

  private MemoryGridChild() {}

  /** Arguments: the job's name and its rows. */
  public static void main(String[] arguments) throws Exception {
    ChildJvm.exitWithParent();
    new MemoryGridChild().run(MemoryJob.valueOf(arguments[0]), Long.parseLong(arguments[1]));
    System.exit(0);
  }

  private void run(MemoryJob job, long rows) throws Exception {
    watchCollections();
    SparkSession spark =
        SparkSession.builder()
            .appName("memory grid " + job.label())
            .master("local[" + MemoryJob.PARTITIONS + "]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", MemoryJob.PARTITIONS)
            .config("spark.sql.adaptive.enabled", false)
            .getOrCreate();
    long started = System.nanoTime();
    double cpu = BenchMachine.cpuSeconds();
    String outcome = "FINISHED";
    try {
      job.run(spark, rows);
    } catch (Exception e) {
      if (!isMemory(e)) {
        throw e;
      }
      outcome = "OUT_OF_MEMORY";
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    cpu = BenchMachine.cpuSeconds() - cpu;
    peak.accumulateAndGet(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("runtime_s", seconds);
    result.put("peak_mb", peak.get() / 1e6);
    result.put("live_mb", live.get() / 1e6);
    result.put("cpu", Math.min(1, cpu / (seconds * MemoryJob.PARTITIONS)));
    result.put("outcome", outcome);
    System.out.println(RESULT + new ObjectMapper().writeValueAsString(result));
    System.out.flush();
  }

  /**
   * Spark wraps what its tasks threw; the name is all that is left of an error of another thread.
   */
  private static boolean isMemory(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = cause.toString();
      if (cause instanceof OutOfMemoryError
          || text.contains("OutOfMemory")
          || text.contains("UNABLE_TO_ACQUIRE_MEMORY")) {
        return true;
      }
    }
    return false;
  }

  /** Use before a collection is a local peak; what is left after it was really held. */
  private void watchCollections() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) -> {
                if (!GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(
                    notification.getType())) {
                  return;
                }
                GcInfo info =
                    GarbageCollectionNotificationInfo.from(
                            (CompositeData) notification.getUserData())
                        .getGcInfo();
                peak.accumulateAndGet(used(info.getMemoryUsageBeforeGc()), Math::max);
                live.accumulateAndGet(used(info.getMemoryUsageAfterGc()), Math::max);
              },
              null,
              null);
    }
  }

  private static long used(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> HEAP.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}
