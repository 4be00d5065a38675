package dev.tributary.pipelines.identity.matching;

import dev.tributary.schemas.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user says about the records to link; everything may be left out.
 *
 * @param id the column that tells the records of a source apart; rows are numbered without one
 * @param source the column that names a record's source; the file's name without one
 * @param columns kinds of columns, for those that are not to be inferred
 * @param oneToOne whether a source has at most one record of an entity
 * @param minConfidence probability from which on two clusters are joined, in [0.05, 1)
 */
public record LinkConfig(
    Optional<String> id,
    Optional<String> source,
    Map<String, AttributeKind> columns,
    OneToOne oneToOne,
    double minConfidence) {
  /** Joined is what is one entity more likely than not. */
  private static final double MORE_LIKELY_THAN_NOT = 0.5;

  /** What is less likely is not looked at again: {@link Clustering#NEAR}. */
  private static final double LEAST_CONFIDENCE = 0.05;

  /** Whether each source is known to be without duplicates. */
  public enum OneToOne {
    /** Told from the records: see {@link SourceConstraint}. */
    AUTO,
    TRUE,
    FALSE
  }

  /** Copies the map. */
  public LinkConfig {
    columns = Map.copyOf(columns);
    if (!(minConfidence >= LEAST_CONFIDENCE && minConfidence < 1)) {
      throw MatchingErrors.badMinConfidence(Double.toString(minConfidence));
    }
  }

  /** Kinds of columns alone; all else is inferred. */
  public static LinkConfig of(Map<String, AttributeKind> columns, OneToOne oneToOne) {
    return new LinkConfig(
        Optional.empty(), Optional.empty(), columns, oneToOne, MORE_LIKELY_THAN_NOT);
  }

  /** Nothing said: all is inferred. */
  public static LinkConfig inferred() {
    return of(Map.of(), OneToOne.AUTO);
  }

  /**
   * Reads {@code id}, {@code source}, {@code columns} (column → kind), {@code ignore} (columns),
   * {@code one-to-one} (auto, true, false) and {@code min-confidence} (0.05 to below 1).
   *
   * @throws MatchingException for an unknown kind or value
   */
  public static LinkConfig of(YamlNode yaml) {
    if (!yaml.present()) {
      return inferred();
    }
    yaml.allow("id", "source", "columns", "ignore", "one-to-one", "min-confidence");
    Map<String, AttributeKind> columns = new LinkedHashMap<>();
    yaml.entries("columns")
        .forEach((column, kind) -> columns.put(column, AttributeKind.parse(kind.asText())));
    List<String> ignored = yaml.texts("ignore");
    ignored.forEach(column -> columns.put(column, AttributeKind.IGNORE));
    return new LinkConfig(
        yaml.optionalText("id"),
        yaml.optionalText("source"),
        columns,
        oneToOne(yaml.at("one-to-one")),
        yaml.optionalText("min-confidence")
            .map(LinkConfig::probability)
            .orElse(MORE_LIKELY_THAN_NOT));
  }

  private static double probability(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      throw MatchingErrors.badMinConfidence(text);
    }
  }

  private static OneToOne oneToOne(YamlNode node) {
    if (!node.present()) {
      return OneToOne.AUTO;
    }
    return switch (node.asText()) {
      case "auto" -> OneToOne.AUTO;
      case "true" -> OneToOne.TRUE;
      case "false" -> OneToOne.FALSE;
      default -> throw MatchingErrors.badOneToOne(node.asText());
    };
  }
}
