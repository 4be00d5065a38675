package dev.tributary.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One accepted version of an event's schema.
 *
 * @param document the JSON Schema, including its {@code self} block if it has one; not to be
 *     modified
 * @param file where it was read from
 */
public record EventSchema(SchemaKey key, JsonNode document, Path file) {
  public EventSchema {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(file, "file");
  }
}
