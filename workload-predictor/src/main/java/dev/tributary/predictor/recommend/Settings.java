package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.recommend.Recommendation.CarriedOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spark's settings for a cluster: one executor a worker, and dynamic allocation from the least
 * number of workers to all of them, beginning with all. Enforced values replace these, and the
 * bounds of dynamic allocation are drawn around them: least ≤ initial ≤ most.
 *
 * @param sparkConf by key
 * @param carriedOver what was enforced
 */
record Settings(Map<String, String> sparkConf, List<CarriedOver> carriedOver) {
  private static final String IGNORED =
      "not written, the platform sets executors itself and ignores it";
  private static final String AS_THE_RUNS =
      "predicted as the runs ran, which is right if they had it too";

  static Settings of(Request request, Candidate candidate, ContainerMemory container) {
    Enforced enforced = request.constraints().enforced();
    Map<String, String> conf = new TreeMap<>();
    if (!request.platform().setsExecutors()) {
      conf.put(SparkConf.CORES, Integer.toString(candidate.offer().cores()));
      conf.put(SparkConf.MEMORY, SparkConf.ofMib(container.heapMib()));
      conf.put(SparkConf.OVERHEAD, SparkConf.ofMib(container.overheadMib()));
      conf.put(SparkConf.INSTANCES, Integer.toString(candidate.workers()));
      allocation(conf, request.constraints(), candidate.workers());
    }
    List<CarriedOver> carried = new ArrayList<>();
    enforced
        .machineType()
        .ifPresent(type -> carried.add(new CarriedOver("machine type", type, "")));
    enforced.workers().ifPresent(count -> carried.add(new CarriedOver("workers", "" + count, "")));
    enforced
        .sparkConf()
        .forEach(
            (key, value) -> {
              boolean ignored = request.platform().setsExecutors() && isOfExecutors(key);
              if (!ignored) {
                conf.put(key, value);
              }
              carried.add(new CarriedOver(key, value, note(key, value, ignored)));
            });
    return new Settings(java.util.Collections.unmodifiableMap(conf), List.copyOf(carried));
  }

  /** How many tasks run at once is in no run: it is as it was where this is as it was. */
  private static String note(String key, String value, boolean ignored) {
    boolean fewerTasks = key.equals(SparkConf.TASK_CPUS) && !value.strip().equals("1");
    return ignored ? IGNORED : fewerTasks ? AS_THE_RUNS : "";
  }

  private static void allocation(Map<String, String> conf, Constraints constraints, int workers) {
    Map<String, String> enforced = constraints.enforced().sparkConf();
    if (constraints.enforced().isStatic()) {
      return;
    }
    int most = SparkConf.integer(enforced, SparkConf.DYNAMIC_MAX).orElse(workers);
    int first =
        SparkConf.integer(enforced, SparkConf.DYNAMIC_INITIAL).orElse(Math.min(workers, most));
    int least =
        SparkConf.integer(enforced, SparkConf.DYNAMIC_MIN)
            .orElse(Math.min(constraints.minWorkers(), first));
    first = Math.max(first, least);
    conf.put(SparkConf.DYNAMIC, "true");
    conf.put(SparkConf.DYNAMIC_MIN, Integer.toString(least));
    conf.put(SparkConf.DYNAMIC_INITIAL, Integer.toString(first));
    conf.put(SparkConf.DYNAMIC_MAX, Integer.toString(Math.max(most, first)));
    conf.put(SparkConf.SHUFFLE_TRACKING, "true");
  }

  /** What Databricks decides by the machine type and the number of workers. */
  static boolean isOfExecutors(String key) {
    return key.startsWith("spark.executor.instances")
        || key.startsWith("spark.executor.cores")
        || key.startsWith("spark.executor.memory")
        || key.startsWith("spark.driver.memory")
        || key.startsWith("spark.driver.cores")
        || key.startsWith("spark.dynamicAllocation.")
        || key.equals("spark.master")
        || key.equals("spark.submit.deployMode");
  }
}
