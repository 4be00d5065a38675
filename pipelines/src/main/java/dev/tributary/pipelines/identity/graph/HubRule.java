package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Objects;

/**
 * When a value is shared by so many that it stands for nobody: it has more than {@code max}
 * different neighbours. The degree is counted over the edges that {@link GraphRules#refuses} lets
 * through, each pair of identifiers once; all hubs are found at once, before any is taken away.
 *
 * @param type of the value; {@value Limit#ANY} for every type
 * @param neighbours type of the neighbours that count; {@value Limit#ANY} for every type
 * @param max the most neighbours it may have, at least 1
 */
public record HubRule(String type, String neighbours, int max) implements Serializable {
  public HubRule {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(neighbours, "neighbours");
    if (max < 1) {
      throw GraphErrors.rule("the hub threshold of " + type, max, "give at least 1");
    }
  }

  /** Whether the rule counts this neighbour of this identifier. */
  public boolean counts(String ofType, String neighbourType) {
    return (type.equals(Limit.ANY) || type.equals(ofType))
        && (neighbours.equals(Limit.ANY) || neighbours.equals(neighbourType));
  }

  String words(long degree) {
    String whom = neighbours.equals(Limit.ANY) ? "identifiers" : neighbours;
    return "linked to " + degree + " " + whom + ", more than " + max;
  }
}
