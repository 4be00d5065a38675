package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Objects;

/** An id that no profile has any more, and the profile that answers to it. */
public record Alias(String oldId, String newId) implements Serializable {
  public Alias {
    Objects.requireNonNull(oldId, "oldId");
    Objects.requireNonNull(newId, "newId");
  }
}
