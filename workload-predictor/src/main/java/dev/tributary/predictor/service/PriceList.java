package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.service.Refusal.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What machines cost, by the cloud's name:
 *
 * <pre>{"machine_types": {"m5.xlarge": {"cores": 4, "memory_mb": 16000, "usd_per_hour": 0.192}}}
 * </pre>
 *
 * With {@code usd_per_core_hour} instead, a machine of any number of cores has that name.
 */
record PriceList(Map<String, Machine> machines) {
  private static final double SECONDS_PER_HOUR = 3600;
  private static final List<Integer> SIZES = List.of(1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32);

  /** One machine type; exactly one of the prices is there. */
  record Machine(int cores, double memoryMb, OptionalDouble perHour, OptionalDouble perCoreHour) {}

  PriceList {
    machines = Map.copyOf(machines);
  }

  static PriceList none() {
    return new PriceList(Map.of());
  }

  static PriceList read(Path file) {
    try {
      return read(At.body(RunJson.MAPPER.readTree(file.toFile())));
    } catch (IOException | Refusal e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "The prices in " + file + " cannot be used",
          e.getMessage(),
          "write {\"machine_types\": {\"<name>\": {\"cores\": …, \"memory_mb\": …,"
              + " \"usd_per_hour\": …}}}",
          e);
    }
  }

  static PriceList read(At at) {
    at.object("machine_types");
    JsonNode types = at.get("machine_types").object(names(at.get("machine_types").node())).node();
    Map<String, Machine> machines = new LinkedHashMap<>();
    for (String name : names(types)) {
      machines.put(name, machine(name, at.get("machine_types").get(name)));
    }
    return new PriceList(machines);
  }

  private static String[] names(JsonNode node) {
    List<String> names = new java.util.ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names.toArray(String[]::new);
  }

  private static Machine machine(String name, At at) {
    at.object("cores", "memory_mb", "usd_per_hour", "usd_per_core_hour");
    OptionalDouble perHour = price(at, "usd_per_hour");
    OptionalDouble perCoreHour = price(at, "usd_per_core_hour");
    if (perHour.isPresent() == perCoreHour.isPresent()) {
      throw at.refusal(
          Kind.MISSING_PRICE,
          "of '%s' is to have either usd_per_hour or usd_per_core_hour".formatted(name));
    }
    return new Machine(
        at.get("cores").integer(1, 100_000), at.get("memory_mb").above(0), perHour, perCoreHour);
  }

  private static OptionalDouble price(At at, String member) {
    return at.maybe(member)
        .map(
            price -> {
              if (price.number() < 0) {
                throw price.refusal(Kind.INVALID_PRICE, "is a price below 0: " + price.node());
              }
              return OptionalDouble.of(price.number());
            })
        .orElse(OptionalDouble.empty());
  }

  /** Every machine type at every usual number of workers. */
  List<Cluster> candidates() {
    return machines.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            type ->
                SIZES.stream()
                    .map(
                        workers ->
                            new Cluster(
                                type.getKey(),
                                workers,
                                type.getValue().cores(),
                                type.getValue().memoryMb())))
        .toList();
  }

  /** What so many seconds of a cluster cost, dollars. */
  double cost(Cluster cluster, double seconds) {
    Machine machine = machines.get(cluster.machineType());
    if (machine == null) {
      throw Refusal.at(
          Kind.UNKNOWN_MACHINE_TYPE,
          "/prices/machine_types",
          "There is no price of machine type '%s'; known are %s. Name its price in the request or in the file of --prices."
              .formatted(cluster.machineType(), machines.keySet().stream().sorted().toList()));
    }
    double hourly =
        machine.perHour().isPresent()
            ? machine.perHour().getAsDouble() * cluster.workers()
            : machine.perCoreHour().getAsDouble() * cluster.cores();
    return hourly * seconds / SECONDS_PER_HOUR;
  }
}
