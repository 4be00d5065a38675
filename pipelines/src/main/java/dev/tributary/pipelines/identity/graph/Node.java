package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Objects;

/**
 * An identifier and when it was first seen.
 *
 * @param firstSeenMicros oldest event time that has it, in microseconds since 1970 UTC
 */
public record Node(Identifier identifier, long firstSeenMicros) implements Serializable {
  public Node {
    Objects.requireNonNull(identifier, "identifier");
  }
}
