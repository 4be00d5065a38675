package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.Objects;

/**
 * An identifier that stands for nobody and so is in no profile: a blocked value or a hub.
 *
 * @param reason {@link DropReason#BLOCKED_VALUE} or {@link DropReason#HUB}
 * @param detail the rule that says so, with its figures
 */
public record Excluded(Identifier identifier, DropReason reason, String detail)
    implements Serializable {
  public Excluded {
    Objects.requireNonNull(identifier, "identifier");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
  }
}
