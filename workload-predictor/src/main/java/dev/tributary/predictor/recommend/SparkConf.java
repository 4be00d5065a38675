package dev.tributary.predictor.recommend;

import dev.tributary.predictor.PredictorException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of Spark's configuration, and how their values are written. */
public final class SparkConf {
  public static final String INSTANCES = "spark.executor.instances";
  public static final String CORES = "spark.executor.cores";
  public static final String MEMORY = "spark.executor.memory";
  public static final String OVERHEAD = "spark.executor.memoryOverhead";
  public static final String OVERHEAD_FACTOR = "spark.executor.memoryOverheadFactor";
  public static final String TASK_CPUS = "spark.task.cpus";
  public static final String MOST_CORES = "spark.cores.max";
  public static final String OFF_HEAP_ENABLED = "spark.memory.offHeap.enabled";
  public static final String OFF_HEAP_SIZE = "spark.memory.offHeap.size";
  public static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  public static final String DYNAMIC_MIN = "spark.dynamicAllocation.minExecutors";
  public static final String DYNAMIC_INITIAL = "spark.dynamicAllocation.initialExecutors";
  public static final String DYNAMIC_MAX = "spark.dynamicAllocation.maxExecutors";
  public static final String SHUFFLE_TRACKING = "spark.dynamicAllocation.shuffleTracking.enabled";

  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(b|k|kb|m|mb|g|gb|t|tb|)");

  private SparkConf() {}

  /** A whole number, where the key is there. */
  static OptionalInt integer(Map<String, String> conf, String key) {
    String value = conf.get(key);
    if (value == null) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(value.strip()));
    } catch (NumberFormatException e) {
      throw wrong(key, value, "give a whole number");
    }
  }

  /** A whole number of at least so much, where the key is there. */
  static OptionalInt atLeast(int least, Map<String, String> conf, String key) {
    OptionalInt value = integer(conf, key);
    if (value.isPresent() && value.getAsInt() < least) {
      throw wrong(key, conf.get(key), "give %d or more".formatted(least));
    }
    return value;
  }

  /** Refuses what is neither true nor false. */
  static void requireFlag(Map<String, String> conf, String key) {
    String value = conf.get(key);
    if (value != null && !value.strip().matches("(?i)true|false")) {
      throw wrong(key, value, "give true or false");
    }
  }

  /** A share of 0 or more. */
  static double share(String key, String value) {
    try {
      double share = Double.parseDouble(value.strip());
      if (share >= 0 && Double.isFinite(share)) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, value, "give a share such as 0.1");
    }
    throw wrong(key, value, "give a share of 0 or more");
  }

  /** A size such as {@code 4g}; without a unit MiB, as Spark takes its memory settings. */
  static long mib(String key, String value) {
    return size(key, value, 1 << 20);
  }

  /** A size such as {@code 4g}; without a unit bytes. */
  static long mibOfBytes(String key, String value) {
    return size(key, value, 1);
  }

  /** A size as Spark reads it, in whole MiB. */
  static String ofMib(long mib) {
    return mib % 1024 == 0 ? mib / 1024 + "g" : mib + "m";
  }

  private static long size(String key, String value, long plain) {
    Matcher matcher = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(key, value, "write a size such as 4g or 4096m");
    }
    long unit =
        switch (matcher.group(2)) {
          case "b" -> 1;
          case "k", "kb" -> 1L << 10;
          case "m", "mb" -> 1L << 20;
          case "g", "gb" -> 1L << 30;
          case "t", "tb" -> 1L << 40;
          default -> plain;
        };
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit) >> 20;
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrong(key, value, "write a size such as 4g or 4096m");
    }
  }

  private static PredictorException wrong(String key, String value, String fix) {
    return PredictorException.usage("The enforced %s is '%s'".formatted(key, value), null, fix);
  }
}
