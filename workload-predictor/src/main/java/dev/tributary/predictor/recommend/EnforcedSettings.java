package dev.tributary.predictor.recommend;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Enforced Spark settings that have no meaning, or that no machine which is allowed can keep. */
final class EnforcedSettings {
  static final String ONE_A_MACHINE =
      "Tributary recommends one executor a machine, with all of its cores";

  private EnforcedSettings() {}

  /** Refuses counts below what Spark takes, and sizes and flags that are none. */
  static void checkValues(Map<String, String> conf) {
    for (String key :
        List.of(
            SparkConf.INSTANCES,
            SparkConf.CORES,
            SparkConf.TASK_CPUS,
            SparkConf.MOST_CORES,
            SparkConf.DYNAMIC_MAX)) {
      SparkConf.atLeast(1, conf, key);
    }
    SparkConf.atLeast(0, conf, SparkConf.DYNAMIC_MIN);
    SparkConf.atLeast(0, conf, SparkConf.DYNAMIC_INITIAL);
    SparkConf.requireFlag(conf, SparkConf.DYNAMIC);
    SparkConf.requireFlag(conf, SparkConf.OFF_HEAP_ENABLED);
    for (String key : List.of(SparkConf.MEMORY, SparkConf.OVERHEAD)) {
      if (conf.containsKey(key)) {
        SparkConf.mib(key, conf.get(key));
      }
    }
    if (conf.containsKey(SparkConf.OVERHEAD_FACTOR)) {
      SparkConf.share(SparkConf.OVERHEAD_FACTOR, conf.get(SparkConf.OVERHEAD_FACTOR));
    }
  }

  /** Refuses what none of the machines can keep that are allowed; one executor has all of one. */
  static void checkMachines(Constraints constraints, Prices prices, Platform platform) {
    List<Offer> machines =
        prices.all().stream()
            .filter(offer -> Candidates.isOn(offer, platform))
            .filter(offer -> constraints.allows(offer.type()))
            .toList();
    if (machines.isEmpty() || platform.setsExecutors()) {
      return;
    }
    cores(constraints.enforced(), machines, platform);
    ExecutorSize size = ExecutorSize.of(constraints, platform);
    if (machines.stream().noneMatch(size::fits)) {
      throw tooLarge(size, machines);
    }
  }

  private static void cores(Enforced enforced, List<Offer> machines, Platform platform) {
    Map<String, String> conf = enforced.sparkConf();
    TreeSet<Integer> counts = new TreeSet<>();
    machines.forEach(offer -> counts.add(offer.cores()));
    OptionalInt cores = SparkConf.integer(conf, SparkConf.CORES);
    if (cores.isPresent() && !counts.contains(cores.getAsInt())) {
      if (cores.getAsInt() < counts.last()) {
        throw several(cores.getAsInt(), said(machines, counts));
      }
      throw Contradictions.both(
          "the enforced %s=%d".formatted(SparkConf.CORES, cores.getAsInt()),
          "%s: an executor is to have all cores of its machine".formatted(said(machines, counts)));
    }
    int most = cores.orElse(counts.last());
    OptionalInt ofTask = SparkConf.integer(conf, SparkConf.TASK_CPUS);
    if (ofTask.isPresent() && ofTask.getAsInt() > most) {
      throw Contradictions.both(
          "the enforced %s=%d".formatted(SparkConf.TASK_CPUS, ofTask.getAsInt()),
          cores.isPresent()
              ? "the enforced %s=%d".formatted(SparkConf.CORES, most)
              : said(machines, counts));
    }
    OptionalInt inAll = SparkConf.integer(conf, SparkConf.MOST_CORES);
    int fewest = cores.orElse(counts.first());
    if (platform.limitsCores() && inAll.isPresent() && inAll.getAsInt() < fewest) {
      throw Contradictions.both(
          "the enforced %s=%d".formatted(SparkConf.MOST_CORES, inAll.getAsInt()),
          said(machines, counts));
    }
  }

  /** Spark would run several executors a machine. */
  private static RuntimeException several(int cores, String machines) {
    return PredictorException.usage(
        "The enforced %s=%d cannot be recommended with %s"
            .formatted(SparkConf.CORES, cores, machines),
        ONE_A_MACHINE,
        "enforce as many cores as a machine has, allow machines with as many, or leave it out");
  }

  private static String said(List<Offer> machines, TreeSet<Integer> counts) {
    return machines.size() == 1
        ? "the machine type %s with %d cores".formatted(machines.get(0).type(), counts.first())
        : "the allowed machine types with " + counts + " cores";
  }

  private static RuntimeException tooLarge(ExecutorSize size, List<Offer> machines) {
    Offer greatest =
        machines.stream().max(Comparator.comparingLong(size::mostHeapMib)).orElseThrow();
    long most = size.mostHeapMib(greatest);
    String limit =
        "the machine type %s with %.0f MiB for an executor on %s"
            .formatted(
                greatest.type(), size.platform().containerMib(greatest), size.platform().label());
    return Contradictions.both(
        size.text().isEmpty()
            ? "the enforced off-heap memory of %d MiB".formatted(size.enforced().offHeapMib())
            : "the enforced " + size.text(),
        "%s%s: it leaves %d MiB of heap, %d are wanted"
            .formatted(
                machines.size() == 1 ? "" : "the greatest that is allowed, ",
                limit,
                Math.max(0, most),
                size.heapMib().orElse(ContainerMemory.LEAST_HEAP_MIB)));
  }
}
