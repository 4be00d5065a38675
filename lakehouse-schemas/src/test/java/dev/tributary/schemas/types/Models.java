package dev.tributary.schemas.types;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Models built from schema text, for tests. */
final class Models {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Models() {}

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  /** The version at this index of a model built by {@link #model}. */
  static SchemaVersion version(int index) {
    return new SchemaVersion(1, index, 0);
  }

  static List<EventSchema> versions(List<? extends JsonNode> documents) {
    List<EventSchema> versions = new ArrayList<>();
    for (JsonNode document : documents) {
      SchemaKey key = new SchemaKey("com.shop", "event", "jsonschema", version(versions.size()));
      versions.add(new EventSchema(key, document, Path.of(key.path())));
    }
    return versions;
  }

  static ModelSchema model(List<? extends JsonNode> documents) {
    return ModelSchema.of(versions(documents));
  }

  static ModelSchema model(String... documents) {
    return model(List.of(documents).stream().map(Models::json).toList());
  }

  /** The model of events with the one property {@code p}. */
  static ModelSchema modelOf(String propertySchema) {
    return model("{'properties':{'p':" + propertySchema + "}}");
  }

  /** {@code name type} of all columns but the last. */
  static List<String> columns(ModelSchema model) {
    List<Column> all = model.columns();
    return all.subList(0, all.size() - 1).stream()
        .map(column -> column.name() + " " + sql(column.type()))
        .toList();
  }

  static String sql(ColumnType type) {
    return type instanceof ColumnType.Json ? "json" : type.sql();
  }
}
