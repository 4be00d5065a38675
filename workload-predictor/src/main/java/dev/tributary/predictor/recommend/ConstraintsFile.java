package dev.tributary.predictor.recommend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.run.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Constraints as YAML or JSON:
 *
 * <pre>
 * deadline: PT30M
 * confidence: 0.9
 * types: [m5.xlarge, r5.xlarge]
 * min-workers: 2
 * max-workers: 20
 * purchase: any            # on-demand, spot or any
 * min-memory-mb: 4000      # usable by an executor
 * max-cost-usd: 12
 * driver-type: m5.xlarge   # or none: not paid for
 * language: jvm            # or python, r
 * enforce:
 *   machine-type: m5.xlarge
 *   workers: 4
 *   spark-conf: {spark.executor.memory: 8g}
 * </pre>
 *
 * All fields are optional; an unknown one is an error.
 */
public final class ConstraintsFile {
  private static final Set<String> FIELDS =
      new java.util.TreeSet<>(
          Set.of(
              "deadline",
              "confidence",
              "types",
              "min-workers",
              "max-workers",
              "purchase",
              "min-memory-mb",
              "max-cost-usd",
              "driver-type",
              "language",
              "enforce"));
  private static final Set<String> ENFORCED =
      new java.util.TreeSet<>(Set.of("machine-type", "workers", "spark-conf"));

  private final String place;

  private ConstraintsFile(String place) {
    this.place = place;
  }

  /**
   * Reads a file.
   *
   * @param confidence where the file names none
   */
  public static Constraints read(Path file, double confidence) {
    try {
      return of(
          new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file)),
          file.toString(),
          confidence);
    } catch (JsonProcessingException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "The constraints in %s are not YAML: %s".formatted(file, e.getOriginalMessage()),
          null,
          "correct the file",
          e);
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "The constraints in %s cannot be read".formatted(file),
          e.toString(),
          "give a readable file after --constraints",
          e);
    }
  }

  /**
   * Reads an object, e.g. a part of an HTTP request.
   *
   * @param place how errors call where it came from
   * @param confidence where the object names none
   */
  static Constraints of(JsonNode node, String place, double confidence) {
    ConstraintsFile file = new ConstraintsFile(place);
    if (node == null || node.isMissingNode() || node.isNull()) {
      return Constraints.NONE.with(Optional.empty(), OptionalDouble.of(confidence));
    }
    if (!node.isObject()) {
      throw file.wrong("", node, "is not an object");
    }
    file.check(node, FIELDS, "");
    String driver = file.text(node, "driver-type").orElse("");
    return new Constraints(
        file.deadline(node),
        false,
        file.number(node, "confidence").orElse(confidence),
        file.texts(node, "types"),
        file.workers(node, "min-workers").orElse(1),
        file.workers(node, "max-workers"),
        file.purchases(node),
        file.number(node, "min-memory-mb"),
        file.number(node, "max-cost-usd"),
        driver.isEmpty() || driver.equals("none") ? Optional.empty() : Optional.of(driver),
        !driver.equals("none"),
        file.nonJvm(node),
        file.enforced(node.path("enforce")));
  }

  private Enforced enforced(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Enforced.NOTHING;
    }
    check(node, ENFORCED, "enforce.");
    Map<String, String> conf = new LinkedHashMap<>();
    node.path("spark-conf")
        .fields()
        .forEachRemaining(
            entry -> {
              if (!entry.getValue().isValueNode()) {
                throw wrong(
                    "enforce.spark-conf." + entry.getKey(), entry.getValue(), "is no value");
              }
              conf.put(entry.getKey(), entry.getValue().asText());
            });
    return new Enforced(text(node, "machine-type"), workers(node, "workers"), conf);
  }

  private void check(JsonNode node, Set<String> known, String prefix) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                throw PredictorException.usage(
                    "The constraints in %s have the unknown field '%s%s'"
                        .formatted(place, prefix, field),
                    null,
                    "the fields are " + String.join(", ", known));
              }
            });
  }

  private Optional<Duration> deadline(JsonNode node) {
    return text(node, "deadline")
        .map(
            value -> {
              try {
                return Duration.parse(value);
              } catch (DateTimeParseException e) {
                throw wrong("deadline", node.get("deadline"), "is not a duration such as PT30M");
              }
            });
  }

  private Set<Purchase> purchases(JsonNode node) {
    String value = text(node, "purchase").orElse("any");
    return switch (value) {
      case "any" -> Constraints.NONE.purchases();
      case "on-demand" -> Set.of(Purchase.ON_DEMAND);
      case "spot" -> Set.of(Purchase.SPOT);
      default -> throw wrong("purchase", node.get("purchase"), "is none of on-demand, spot, any");
    };
  }

  private boolean nonJvm(JsonNode node) {
    String value = text(node, "language").orElse("jvm");
    return switch (value) {
      case "jvm" -> false;
      case "python", "r" -> true;
      default -> throw wrong("language", node.get("language"), "is none of jvm, python, r");
    };
  }

  private Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isBlank()) {
      throw wrong(field, value, "is no text");
    }
    return Optional.of(value.asText());
  }

  private List<String> texts(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (!value.isArray() || value.isEmpty()) {
      throw wrong(field, value, "is not a list with entries");
    }
    value.forEach(entry -> texts.add(entry.asText()));
    return texts;
  }

  private OptionalDouble number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw wrong(field, value, "is not a number");
    }
    return OptionalDouble.of(value.asDouble());
  }

  private OptionalInt workers(JsonNode node, String field) {
    OptionalInt workers = integer(node, field);
    if (workers.orElse(0) > Cluster.MOST_CORES) {
      throw wrong(field, node.get(field), "is more than " + Cluster.MOST_CORES);
    }
    return workers;
  }

  private OptionalInt integer(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isInt()) {
      throw wrong(field, value, "is not a whole number");
    }
    return OptionalInt.of(value.asInt());
  }

  private PredictorException wrong(String field, JsonNode value, String what) {
    return PredictorException.usage(
        "In the constraints of %s, %s %s %s".formatted(place, field, value, what),
        null,
        "correct it");
  }
}
