package dev.tributary.schemas.contract;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A column of a fixed table.
 *
 * @param tags what governance knows of the values, e.g. {@code pii.ip}
 */
public record ContractColumn(
    String name, SqlType type, boolean nullable, String description, Set<String> tags) {
  public ContractColumn {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no column name; use lower-case letters, digits and _");
    }
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(description, "description");
    tags = Collections.unmodifiableSet(new TreeSet<>(tags));
  }
}
