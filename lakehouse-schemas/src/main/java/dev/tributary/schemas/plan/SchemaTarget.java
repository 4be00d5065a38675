package dev.tributary.schemas.plan;

import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.registry.SchemaVersion;
import java.util.Objects;
import java.util.Optional;

/**
 * The schema that the tracking plan names for an event: the newest version of a model, or one
 * version.
 *
 * @param version empty for the newest the registry has
 */
public record SchemaTarget(String vendor, String name, int model, Optional<SchemaVersion> version) {
  private static final String FORM = "iglu:vendor/name/jsonschema/1 (or /1-0-2)";

  public SchemaTarget {
    Objects.requireNonNull(version, "version");
    if (model < 1) {
      throw new IllegalArgumentException("model " + model + " is below 1");
    }
  }

  /**
   * Reads {@code iglu:vendor/name/jsonschema/1} or {@code iglu:vendor/name/jsonschema/1-0-2}.
   *
   * @throws IllegalArgumentException when the text is neither
   */
  public static SchemaTarget parse(String uri) {
    boolean modelOnly = uri.matches(".*/[1-9]\\d{0,8}");
    SchemaKey key = SchemaKey.parse(modelOnly ? uri + "-0-0" : uri);
    if (!key.format().equals(SchemaKey.JSON_SCHEMA)) {
      throw new IllegalArgumentException(
          "'" + uri + "' is of format " + key.format() + "; write " + FORM);
    }
    Optional<SchemaVersion> version = modelOnly ? Optional.empty() : Optional.of(key.version());
    return new SchemaTarget(key.vendor(), key.name(), key.version().model(), version);
  }

  /** The schema to validate against, if the registry has it. */
  public Optional<EventSchema> in(SchemaRegistry registry) {
    return version
        .map(exact -> registry.find(new SchemaKey(vendor, name, SchemaKey.JSON_SCHEMA, exact)))
        .orElseGet(() -> registry.latest(vendor, name, model));
  }

  @Override
  public String toString() {
    String ending = version.map(SchemaVersion::toString).orElse(Integer.toString(model));
    return "iglu:" + vendor + "/" + name + "/" + SchemaKey.JSON_SCHEMA + "/" + ending;
  }
}
