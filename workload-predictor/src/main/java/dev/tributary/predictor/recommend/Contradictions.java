package dev.tributary.predictor.recommend;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Constraints that no cluster can keep together; each is refused by naming both. */
final class Contradictions {
  private static final double MB_PER_MIB = 1.048576;

  private Contradictions() {}

  static void check(Constraints constraints, Prices prices, Platform platform) {
    Enforced enforced = constraints.enforced();
    EnforcedSettings.checkValues(enforced.sparkConf());
    workers(constraints, enforced);
    enforced
        .machineType()
        .ifPresent(
            type -> {
              if (!constraints.types().isEmpty() && !constraints.types().contains(type)) {
                throw both(
                    "the enforced machine type " + type,
                    "the allowed types " + constraints.types());
              }
              onPlatform("enforced", priced(type, prices, "enforced"), platform);
            });
    allowed(constraints, prices, platform);
    constraints
        .driverType()
        .ifPresent(type -> onPlatform("driver's", priced(type, prices, "driver's"), platform));
    memory(constraints, enforced);
    dynamic(constraints);
    EnforcedSettings.checkMachines(constraints, prices, platform);
    if (constraints.purchases().equals(java.util.Set.of(Purchase.SPOT))
        && enforced.machineType().isPresent()
        && prices.find(enforced.machineType().get()).flatMap(Offer::spot).isEmpty()) {
      throw both(
          "spot workers only",
          "the enforced machine type %s, which has no spot price"
              .formatted(enforced.machineType().get()));
    }
  }

  private static void allowed(Constraints constraints, Prices prices, Platform platform) {
    List<Offer> offers =
        constraints.types().stream().map(type -> priced(type, prices, "allowed")).toList();
    if (!offers.isEmpty() && offers.stream().noneMatch(o -> Candidates.isOn(o, platform))) {
      throw both("the allowed types " + constraints.types(), "the output " + platform.label());
    }
  }

  private static void workers(Constraints constraints, Enforced enforced) {
    OptionalInt most = constraints.maxWorkers();
    if (most.isPresent() && most.getAsInt() < constraints.minWorkers()) {
      throw both(
          "at least %d workers".formatted(constraints.minWorkers()),
          "at most %d workers".formatted(most.getAsInt()));
    }
    OptionalInt instances = SparkConf.integer(enforced.sparkConf(), SparkConf.INSTANCES);
    if (enforced.workers().isPresent()
        && instances.isPresent()
        && !enforced.workers().equals(instances)) {
      throw both(
          "%d enforced workers".formatted(enforced.workers().getAsInt()),
          "the enforced %s=%d".formatted(SparkConf.INSTANCES, instances.getAsInt()));
    }
    enforced
        .allWorkers()
        .ifPresent(
            count -> {
              if (count < constraints.minWorkers()) {
                throw both(
                    "%d enforced workers".formatted(count),
                    "at least %d workers".formatted(constraints.minWorkers()));
              }
              if (most.isPresent() && count > most.getAsInt()) {
                throw both(
                    "%d enforced workers".formatted(count),
                    "at most %d workers".formatted(most.getAsInt()));
              }
            });
  }

  private static void onPlatform(String role, Offer offer, Platform platform) {
    if (!Candidates.isOn(offer, platform)) {
      throw both(
          "the %s machine type %s".formatted(role, offer.type()), "the output " + platform.label());
    }
  }

  private static void memory(Constraints constraints, Enforced enforced) {
    Optional<Long> heap = enforced.heapMib();
    if (heap.isEmpty()) {
      return;
    }
    if (heap.get() < ContainerMemory.LEAST_HEAP_MIB) {
      throw both(
          "the enforced %s=%d MiB".formatted(SparkConf.MEMORY, heap.get()),
          "the least heap that Spark starts with, %d MiB"
              .formatted(ContainerMemory.LEAST_HEAP_MIB));
    }
    double usable = (heap.get() + enforced.offHeapMib()) * MB_PER_MIB;
    if (constraints.minMemoryMb().isPresent() && usable < constraints.minMemoryMb().getAsDouble()) {
      throw both(
          "the enforced %s=%d MiB".formatted(SparkConf.MEMORY, heap.get()),
          "at least %.0f MB of memory".formatted(constraints.minMemoryMb().getAsDouble()));
    }
  }

  /** One executor a worker: bounds of executors are bounds of workers. */
  private static void dynamic(Constraints constraints) {
    Enforced enforced = constraints.enforced();
    if (enforced.isStatic()) {
      return;
    }
    OptionalInt least = SparkConf.integer(enforced.sparkConf(), SparkConf.DYNAMIC_MIN);
    OptionalInt first = SparkConf.integer(enforced.sparkConf(), SparkConf.DYNAMIC_INITIAL);
    OptionalInt most = SparkConf.integer(enforced.sparkConf(), SparkConf.DYNAMIC_MAX);
    ordered(SparkConf.DYNAMIC_MIN, least, SparkConf.DYNAMIC_MAX, most);
    ordered(SparkConf.DYNAMIC_MIN, least, SparkConf.DYNAMIC_INITIAL, first);
    ordered(SparkConf.DYNAMIC_INITIAL, first, SparkConf.DYNAMIC_MAX, most);
    String count = "the enforced number of workers";
    ordered(count, enforced.allWorkers(), SparkConf.DYNAMIC_MAX, most);
    ordered(SparkConf.DYNAMIC_MIN, least, count, enforced.allWorkers());
    ordered(SparkConf.DYNAMIC_INITIAL, first, count, enforced.allWorkers());
    String greatest = "the greatest number of workers";
    ordered(SparkConf.DYNAMIC_MIN, least, greatest, constraints.maxWorkers());
    ordered(SparkConf.DYNAMIC_INITIAL, first, greatest, constraints.maxWorkers());
    OptionalInt fewest = OptionalInt.of(constraints.minWorkers());
    ordered("the least number of workers", fewest, SparkConf.DYNAMIC_MAX, most);
  }

  private static void ordered(String lower, OptionalInt less, String upper, OptionalInt more) {
    if (less.isPresent() && more.isPresent() && less.getAsInt() > more.getAsInt()) {
      throw both(lower + "=" + less.getAsInt(), upper + "=" + more.getAsInt());
    }
  }

  private static Offer priced(String type, Prices prices, String role) {
    return prices
        .find(type)
        .orElseThrow(
            () ->
                PredictorException.usage(
                    "The %s machine type '%s' has no price".formatted(role, type),
                    "it is not in the shipped snapshot",
                    "add a row for it to a file and give that after --prices"));
  }

  static PredictorException both(String one, String other) {
    return PredictorException.usage(
        "The constraints contradict each other: %s, and %s".formatted(one, other),
        null,
        "drop or change one of the two");
  }
}
