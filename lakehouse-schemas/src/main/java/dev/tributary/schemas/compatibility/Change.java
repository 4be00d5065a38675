package dev.tributary.schemas.compatibility;

import java.util.Objects;

/**
 * One change between two versions of a schema.
 *
 * @param pointer RFC 6901 JSON pointer into the newer document; into the earlier one for what was
 *     removed
 * @param effect what it does to data written under the earlier version
 * @param why one sentence
 */
public record Change(String pointer, Effect effect, String why) {
  public Change {
    Objects.requireNonNull(pointer, "pointer");
    Objects.requireNonNull(effect, "effect");
    Objects.requireNonNull(why, "why");
  }

  /** Whether the change may go by as an ADDITION. */
  public boolean compatible() {
    return effect.label() == Label.ADDITION;
  }
}
