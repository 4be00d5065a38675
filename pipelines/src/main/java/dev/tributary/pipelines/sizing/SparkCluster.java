package dev.tributary.pipelines.sizing;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.tributary.predictor.run.Cluster;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/** What a run has, told from Spark's settings: of the user, of spark-submit, and the defaults. */
final class SparkCluster {
  static final String LOCAL = "local";
  private static final Pattern MASTER = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,\\d+)?])?");
  private static final double BYTES_PER_MB = 1e6;
  private static final double HEAP_MB = heapMb();

  private final SparkConf given = new SparkConf();

  SparkCluster(Map<String, String> user) {
    user.forEach(given::set);
  }

  /** Whether somebody chose the master, who is then not overruled. */
  boolean isMasterGiven() {
    return given.contains("spark.master");
  }

  boolean isGiven(String key) {
    return given.contains(key);
  }

  boolean isLocal() {
    return MASTER.matcher(given.get("spark.master", "local[*]")).matches();
  }

  /** This JVM with so many cores. */
  static Cluster local(int cores) {
    return new Cluster(LOCAL, 1, cores, HEAP_MB);
  }

  // What was asked for by -Xmx; Runtime.maxMemory() moves with the survivor spaces.
  private static double heapMb() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long bytes =
        machine == null
            ? Runtime.getRuntime().maxMemory()
            : Long.parseLong(machine.getVMOption("MaxHeapSize").getValue());
    return bytes / BYTES_PER_MB;
  }

  /**
   * What the run has as it is set; empty on a cluster whose number of executors is not set. The
   * machine type of a cluster is what {@code spark.tributary.machineType} says.
   */
  Optional<Cluster> cluster() {
    Matcher master = MASTER.matcher(given.get("spark.master", "local[*]"));
    if (master.matches()) {
      String cores = master.group(1) == null ? "1" : master.group(1);
      return Optional.of(
          local(
              cores.equals("*")
                  ? Runtime.getRuntime().availableProcessors()
                  : Math.max(1, Integer.parseInt(cores))));
    }
    int executors = given.getInt("spark.executor.instances", 0);
    if (executors < 1) {
      return Optional.empty();
    }
    return Optional.of(
        new Cluster(
            given.get("spark.tributary.machineType", "executor"),
            executors,
            Math.max(1, given.getInt("spark.executor.cores", 1)),
            JavaUtils.byteStringAsBytes(given.get("spark.executor.memory", "1g")) / BYTES_PER_MB));
  }

  /** The most that this JVM's heap held, garbage included, MB. */
  static double peakHeapMb() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    return peak / BYTES_PER_MB;
  }
}
