package dev.tributary.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** One version of an event's JSON Schema and the file it was read from. */
public record EventSchema(SchemaKey key, JsonNode document, Path file) {}
