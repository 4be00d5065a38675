package dev.tributary.pipelines.identity.privacy;

import java.util.Objects;

/**
 * An attribute that both parties encode.
 *
 * @param name what both parties call it; it is part of the encoding
 * @param column the column of this party's table that holds it
 */
public record Field(String name, FieldKind kind, String column) {
  public Field {
    Objects.requireNonNull(kind, "kind");
    if (name.isBlank() || column.isBlank()) {
      throw new IllegalArgumentException("a field needs a name and a column");
    }
  }
}
