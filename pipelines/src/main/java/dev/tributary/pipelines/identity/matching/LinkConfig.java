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
 */
public record LinkConfig(
    Optional<String> id,
    Optional<String> source,
    Map<String, AttributeKind> columns,
    OneToOne oneToOne) {

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
  }

  /** Nothing said: all is inferred. */
  public static LinkConfig inferred() {
    return new LinkConfig(Optional.empty(), Optional.empty(), Map.of(), OneToOne.AUTO);
  }

  /**
   * Reads {@code id}, {@code source}, {@code columns} (column → kind), {@code ignore} (columns) and
   * {@code one-to-one} (auto, true, false).
   *
   * @throws MatchingException for an unknown kind or value
   */
  public static LinkConfig of(YamlNode yaml) {
    if (!yaml.present()) {
      return inferred();
    }
    yaml.allow("id", "source", "columns", "ignore", "one-to-one");
    Map<String, AttributeKind> columns = new LinkedHashMap<>();
    yaml.entries("columns")
        .forEach((column, kind) -> columns.put(column, AttributeKind.parse(kind.asText())));
    List<String> ignored = yaml.texts("ignore");
    ignored.forEach(column -> columns.put(column, AttributeKind.IGNORE));
    return new LinkConfig(
        yaml.optionalText("id"),
        yaml.optionalText("source"),
        columns,
        oneToOne(yaml.at("one-to-one")));
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
