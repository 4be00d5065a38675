package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.run.Cluster;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an executor had: from the resource profile, else from the Spark properties, else Spark's
 * defaults. A worker of a {@link Cluster} made here is an executor with all of its memory (heap,
 * overhead, off-heap, Python).
 */
final class Resources {
  private static final double MIB_TO_MB = 1.048576;
  private static final double DEFAULT_MEMORY_MIB = 1024;
  private static final double LEAST_OVERHEAD_MIB = 384;
  private static final double OVERHEAD_SHARE = 0.10;
  // Spark's unified memory: 0.6 of the heap without 300 MiB.
  private static final double DEFAULT_FRACTION = 0.6;
  private static final double RESERVED_MIB = 300;
  private static final double MEBIBYTE = 1 << 20;
  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]*)");
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\d+)?])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");

  private Map<String, String> properties = Map.of();
  private Event.ResourceProfile profile;
  private boolean known;

  void environment(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(properties);
    all.putAll(given);
    properties = all;
    known = true;
  }

  void profile(Event.ResourceProfile given) {
    // The default profile has the id 0; others serve single stages.
    if (profile == null || given.id() == 0) {
      profile = given;
    }
  }

  boolean isKnown() {
    return known;
  }

  String property(String name) {
    return properties.get(name);
  }

  boolean flag(String name) {
    return "true".equalsIgnoreCase(properties.get(name));
  }

  /** A property's whole number; 0 where there is none. */
  double number(String name) {
    String text = properties.get(name);
    try {
      return text == null ? 0 : Double.parseDouble(text.strip());
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private String master() {
    return properties.getOrDefault("spark.master", "");
  }

  boolean isLocal() {
    return LOCAL.matcher(master()).matches();
  }

  /** Heap of an executor, MB; of the driver where it does the work. */
  double heapMb(Executors executors, boolean driverWorks) {
    Matcher cluster = LOCAL_CLUSTER.matcher(master());
    double mib = Event.UNKNOWN;
    if (driverWorks) {
      mib = mebibytes("spark.driver.memory", "b");
      if (mib < 0) {
        mib = heapOfStorage(executors.driverStorageBytes());
      }
    } else if (profile != null && profile.memoryMib() > 0) {
      mib = profile.memoryMib();
    } else if (properties.containsKey("spark.executor.memory")) {
      mib = mebibytes("spark.executor.memory", "b");
    } else if (cluster.matches()) {
      mib = Double.parseDouble(cluster.group(3));
    }
    return (mib > 0 ? mib : DEFAULT_MEMORY_MIB) * MIB_TO_MB;
  }

  private double heapOfStorage(long bytes) {
    double fraction = number("spark.memory.fraction");
    return bytes <= 0
        ? Event.UNKNOWN
        : bytes / MEBIBYTE / (fraction > 0 ? fraction : DEFAULT_FRACTION) + RESERVED_MIB;
  }

  /** What containers get beside the heap, MB; 0 where executors are plain processes. */
  double overheadMb(double heapMb) {
    if (profile != null && profile.overheadMib() > 0) {
      return profile.overheadMib() * MIB_TO_MB;
    }
    double given = mebibytes("spark.executor.memoryOverhead", "m");
    given = given >= 0 ? given : mebibytes("spark.yarn.executor.memoryOverhead", "m");
    if (given >= 0) {
      return given * MIB_TO_MB;
    }
    String master = master();
    if (!master.startsWith("yarn") && !master.startsWith("k8s")) {
      return 0;
    }
    double share = number("spark.executor.memoryOverheadFactor");
    share = share > 0 ? share : number("spark.kubernetes.memoryOverheadFactor");
    return Math.max(LEAST_OVERHEAD_MIB * MIB_TO_MB, heapMb * (share > 0 ? share : OVERHEAD_SHARE));
  }

  /** Memory outside of heap and overhead that was asked for, MB. */
  double besidesMb() {
    double offHeap = flag("spark.memory.offHeap.enabled") ? sizeOf("spark.memory.offHeap.size") : 0;
    if (profile != null && profile.offHeapMib() > 0) {
      offHeap = profile.offHeapMib();
    }
    double python = Math.max(0, mebibytes("spark.executor.pyspark.memory", "m"));
    return (offHeap + python) * MIB_TO_MB;
  }

  private double sizeOf(String name) {
    return Math.max(0, mebibytes(name, "b"));
  }

  /** Cores of an executor, from what is told or from what was seen. */
  int cores(Executors executors, long mostRunning) {
    if (executors.cores() > 0) {
      return (int) Math.min(executors.cores(), 1 << 16);
    }
    Matcher local = LOCAL.matcher(master());
    if (local.matches() && local.group(1) != null && !local.group(1).equals("*")) {
      return Math.max(1, (int) Math.min(Double.parseDouble(local.group(1)), 1 << 16));
    }
    double asked = profile != null ? profile.cores() : 0;
    asked = asked > 0 ? asked : number("spark.executor.cores");
    if (asked > 0) {
      return (int) Math.min(asked, 1 << 16);
    }
    return (int) Math.max(1, Math.min(1 << 16, -Math.floorDiv(-mostRunning, executors.peak())));
  }

  String machineType(boolean driverWorks) {
    String type = properties.get("spark.databricks.clusterUsageTags.clusterNodeType");
    type = type == null ? properties.get("spark.databricks.workerNodeTypeId") : type;
    if (type != null && !type.isBlank()) {
      return type;
    }
    return driverWorks ? "local" : "executor";
  }

  /** MiB of a size such as {@code 4g}, {@code 512 MB}; −1 where there is none. */
  private double mebibytes(String name, String unitWithout) {
    String text = properties.get(name);
    Matcher matcher = SIZE.matcher(text == null ? "" : text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Event.UNKNOWN;
    }
    String unit = matcher.group(2).isEmpty() ? unitWithout : matcher.group(2);
    double factor =
        switch (unit.charAt(0)) {
          case 'b' -> 1 / MEBIBYTE;
          case 'k' -> 1 / 1024.0;
          case 'm' -> 1;
          case 'g' -> 1024;
          case 't' -> 1024.0 * 1024;
          case 'p' -> 1024.0 * 1024 * 1024;
          default -> 0;
        };
    return Double.parseDouble(matcher.group(1)) * factor;
  }
}
