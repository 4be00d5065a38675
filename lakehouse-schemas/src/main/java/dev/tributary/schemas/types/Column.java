package dev.tributary.schemas.types;

import java.io.Serializable;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A column of a typed event table that holds one property of the event.
 *
 * @param name snake_case, unique within the table whatever the case, legal in Delta and Parquet
 *     without column mapping
 * @param property the JSON property, or null for {@code additional_properties}
 * @param nullable true always: a later REVISION may make a required property optional, which must
 *     not alter the table; the validator holds events to {@code required}
 * @param description of the newest version that has one; may be empty
 * @param tags from the extension keyword {@code x-tags} of the property and all below it, in any
 *     version
 */
public record Column(
    String name,
    String property,
    ColumnType type,
    boolean nullable,
    String description,
    Set<String> tags)
    implements Serializable {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(description, "description");
    tags = Collections.unmodifiableSet(new TreeSet<>(tags));
  }
}
