package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.service.Refusal.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a recommendation must keep to.
 *
 * @param deadlineSeconds the run is to end by then
 * @param confidence with at least this probability, (0, 1)
 * @param maxCostUsd the run is to cost at most this
 * @param minWorkers at least so many workers
 * @param maxWorkers at most so many workers
 * @param machineTypes only these; empty for any
 * @param minMemoryMbPerWorker workers with at least this memory, MB
 */
public record Constraints(
    OptionalDouble deadlineSeconds,
    double confidence,
    OptionalDouble maxCostUsd,
    OptionalInt minWorkers,
    OptionalInt maxWorkers,
    List<String> machineTypes,
    OptionalDouble minMemoryMbPerWorker) {
  /** The probability where none is asked for. */
  public static final double DEFAULT_CONFIDENCE = 0.9;

  private static final int MOST_WORKERS = 1_000_000;
  private static final int MOST_TYPES = 1_000;

  /** Copies. */
  public Constraints {
    machineTypes = List.copyOf(machineTypes);
  }

  /** None but the default confidence. */
  static Constraints none() {
    return new Constraints(
        OptionalDouble.empty(),
        DEFAULT_CONFIDENCE,
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        List.of(),
        OptionalDouble.empty());
  }

  static Constraints read(At at) {
    at.object(
        "deadline_seconds",
        "confidence",
        "max_cost_usd",
        "min_workers",
        "max_workers",
        "machine_types",
        "min_memory_mb_per_worker");
    Constraints read =
        new Constraints(
            at.maybeAbove("deadline_seconds", 0),
            at.maybe("confidence").map(At::confidence).orElse(DEFAULT_CONFIDENCE),
            at.maybeAbove("max_cost_usd", 0),
            at.maybeInteger("min_workers", 1, MOST_WORKERS),
            at.maybeInteger("max_workers", 1, MOST_WORKERS),
            at.maybe("machine_types")
                .map(types -> types.items(MOST_TYPES).stream().map(At::text).toList())
                .orElse(List.of()),
            at.maybeAbove("min_memory_mb_per_worker", 0));
    if (read.minWorkers.isPresent()
        && read.maxWorkers.isPresent()
        && read.minWorkers.getAsInt() > read.maxWorkers.getAsInt()) {
      throw Refusal.at(
          Kind.CONTRADICTORY_CONSTRAINTS,
          at.pointer() + "/min_workers",
          "At least %d workers and at most %d cannot both be."
              .formatted(read.minWorkers.getAsInt(), read.maxWorkers.getAsInt()));
    }
    return read;
  }

  Constraints withDeadline(double seconds) {
    return new Constraints(
        OptionalDouble.of(seconds),
        confidence,
        maxCostUsd,
        minWorkers,
        maxWorkers,
        machineTypes,
        minMemoryMbPerWorker);
  }

  /** Why a cluster may not be used whatever it would do; empty where it may. */
  Optional<String> forbids(Cluster cluster) {
    Objects.requireNonNull(cluster, "cluster");
    if (minWorkers.isPresent() && cluster.workers() < minWorkers.getAsInt()) {
      return Optional.of("fewer workers than the %d asked for".formatted(minWorkers.getAsInt()));
    }
    if (maxWorkers.isPresent() && cluster.workers() > maxWorkers.getAsInt()) {
      return Optional.of("more workers than the %d allowed".formatted(maxWorkers.getAsInt()));
    }
    if (!machineTypes.isEmpty() && !machineTypes.contains(cluster.machineType())) {
      return Optional.of("not one of the machine types " + machineTypes);
    }
    if (minMemoryMbPerWorker.isPresent()
        && cluster.memoryMbPerWorker() < minMemoryMbPerWorker.getAsDouble()) {
      return Optional.of(
          "less memory than the %.0f MB asked for".formatted(minMemoryMbPerWorker.getAsDouble()));
    }
    return Optional.empty();
  }

  ObjectNode json() {
    ObjectNode json = RunJson.MAPPER.createObjectNode().put("confidence", confidence);
    deadlineSeconds.ifPresent(value -> json.put("deadline_seconds", value));
    maxCostUsd.ifPresent(value -> json.put("max_cost_usd", value));
    minWorkers.ifPresent(value -> json.put("min_workers", value));
    maxWorkers.ifPresent(value -> json.put("max_workers", value));
    minMemoryMbPerWorker.ifPresent(value -> json.put("min_memory_mb_per_worker", value));
    if (!machineTypes.isEmpty()) {
      ArrayNode types = json.putArray("machine_types");
      machineTypes.forEach(types::add);
    }
    return json;
  }
}
