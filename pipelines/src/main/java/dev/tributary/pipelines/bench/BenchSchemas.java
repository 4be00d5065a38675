package dev.tributary.pipelines.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the schemas of the benchmark's events, in the Iglu layout, and their tracking plan. */
public final class BenchSchemas {

  /** The vendor of all the benchmark's schemas. */
  public static final String VENDOR = "dev.tributary.bench";

  private static final ObjectMapper JSON = new ObjectMapper();

  private BenchSchemas() {}

  /**
   * Writes the twelve schemas below {@code directory}, as {@code
   * dev.tributary.bench/<name>/jsonschema/1-0-0}.
   */
  public static void writeSchemas(Path directory) throws IOException {
    for (BenchEvent event : BenchEvent.ALL) {
      Path file = directory.resolve(VENDOR).resolve(event.schemaName()).resolve("jsonschema/1-0-0");
      Files.createDirectories(file.getParent());
      JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), schema(event));
    }
  }

  /** Writes the tracking plan that maps the twelve events to their schemas. */
  public static void writePlan(Path file) throws IOException {
    StringBuilder yaml = new StringBuilder("# The events of the landing benchmark.\n");
    yaml.append("vendor: ").append(VENDOR).append("\nevents:\n");
    for (BenchEvent event : BenchEvent.ALL) {
      yaml.append("  - event: ").append(event.name()).append('\n');
      yaml.append("    schema: ").append(uri(event)).append('\n');
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, yaml);
  }

  static ObjectNode schema(BenchEvent event) {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("description", "Made for the benchmark: " + event.name());
    ObjectNode self = schema.putObject("self").put("vendor", VENDOR);
    self.put("name", event.schemaName()).put("format", "jsonschema").put("version", "1-0-0");
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (BenchProperty property : event.properties()) {
      property.describe(properties.putObject(property.name()));
      if (property.required()) {
        required.add(property.name());
      }
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private static String uri(BenchEvent event) {
    return "iglu:" + VENDOR + "/" + event.schemaName() + "/jsonschema/1";
  }
}
