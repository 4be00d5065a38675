package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Enforced;
import dev.tributary.predictor.service.Refusal.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Constraints in the form of a request: the values of the constraints file, in seconds. */
final class ConstraintsJson {
  private static final double MOST_SECONDS = 1e9;
  private static final int MOST_WORKERS = 1_000_000;
  private static final int MOST_TYPES = 1_000;
  private static final String NO_DRIVER = "none";

  private ConstraintsJson() {}

  /** None but the default confidence. */
  static Constraints none() {
    return read(At.body(RunJson.MAPPER.createObjectNode()));
  }

  static Constraints read(At at) {
    at.object(
        "deadline_seconds",
        "confidence",
        "max_cost_usd",
        "min_workers",
        "max_workers",
        "machine_types",
        "min_memory_mb",
        "purchase",
        "driver_type",
        "language",
        "enforce");
    Optional<String> driver = at.maybe("driver_type").map(At::text);
    return new Constraints(
        at.maybe("deadline_seconds").map(value -> seconds(value.above(0))),
        false,
        at.maybe("confidence").map(At::confidence).orElse(Prediction.CONFIDENCE),
        at.maybe("machine_types")
            .map(types -> types.items(MOST_TYPES).stream().map(At::text).toList())
            .orElse(List.of()),
        at.maybeInteger("min_workers", 1, MOST_WORKERS).orElse(1),
        at.maybeInteger("max_workers", 1, MOST_WORKERS),
        at.maybe("purchase").map(ConstraintsJson::purchases).orElse(Constraints.NONE.purchases()),
        at.maybeAbove("min_memory_mb", 0),
        at.maybeAbove("max_cost_usd", 0),
        driver.filter(type -> !type.equals(NO_DRIVER)),
        !driver.equals(Optional.of(NO_DRIVER)),
        at.maybe("language").map(ConstraintsJson::isNonJvm).orElse(false),
        at.maybe("enforce").map(ConstraintsJson::enforced).orElse(Enforced.NOTHING));
  }

  /** Rounded up, so that a deadline taken from a bound is not below it. */
  static Duration seconds(double seconds) {
    return Duration.ofNanos((long) Math.ceil(Math.min(seconds, MOST_SECONDS) * 1e9));
  }

  private static Set<Purchase> purchases(At at) {
    String text = at.text();
    return switch (text) {
      case "any" -> Constraints.NONE.purchases();
      case "on-demand" -> Set.of(Purchase.ON_DEMAND);
      case "spot" -> Set.of(Purchase.SPOT);
      default ->
          throw at.refusal(
              Kind.INVALID_VALUE, "is one of on-demand, spot, any, not '" + text + "'");
    };
  }

  private static boolean isNonJvm(At at) {
    String text = at.text();
    return switch (text) {
      case "jvm" -> false;
      case "python", "r" -> true;
      default ->
          throw at.refusal(Kind.INVALID_VALUE, "is one of jvm, python, r, not '" + text + "'");
    };
  }

  private static Enforced enforced(At at) {
    at.object("machine_type", "workers", "spark_conf");
    Map<String, String> conf = new LinkedHashMap<>();
    at.maybe("spark_conf")
        .ifPresent(
            given ->
                given
                    .node()
                    .fieldNames()
                    .forEachRemaining(
                        key -> {
                          given.requireName(key);
                          conf.put(key, given.get(key).text());
                        }));
    return new Enforced(
        at.maybe("machine_type").map(At::text), at.maybeInteger("workers", 1, MOST_WORKERS), conf);
  }

  static ObjectNode of(Constraints constraints) {
    ObjectNode json = RunJson.MAPPER.createObjectNode().put("confidence", constraints.confidence());
    constraints.deadline().ifPresent(by -> json.put("deadline_seconds", by.toNanos() / 1e9));
    constraints.maxCostUsd().ifPresent(value -> json.put("max_cost_usd", value));
    if (constraints.minWorkers() > 1) {
      json.put("min_workers", constraints.minWorkers());
    }
    constraints.maxWorkers().ifPresent(value -> json.put("max_workers", value));
    constraints.minMemoryMb().ifPresent(value -> json.put("min_memory_mb", value));
    if (!constraints.types().isEmpty()) {
      constraints.types().forEach(json.putArray("machine_types")::add);
    }
    if (constraints.purchases().size() == 1) {
      json.put("purchase", constraints.purchases().iterator().next().label());
    }
    constraints.driverType().ifPresent(type -> json.put("driver_type", type));
    if (!constraints.priceDriver()) {
      json.put("driver_type", NO_DRIVER);
    }
    if (constraints.nonJvm()) {
      json.put("language", "python");
    }
    if (!constraints.enforced().equals(Enforced.NOTHING)) {
      json.set("enforce", of(constraints.enforced()));
    }
    return json;
  }

  private static ObjectNode of(Enforced enforced) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    enforced.machineType().ifPresent(type -> json.put("machine_type", type));
    enforced.workers().ifPresent(count -> json.put("workers", count));
    enforced.sparkConf().forEach(json.putObject("spark_conf")::put);
    return json;
  }
}
