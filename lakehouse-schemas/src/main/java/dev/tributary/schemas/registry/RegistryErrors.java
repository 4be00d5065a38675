package dev.tributary.schemas.registry;

import java.io.IOException;
import java.nio.file.Path;

/** The errors of this package, each with problem, cause and fix. */
final class RegistryErrors {
  private RegistryErrors() {}

  static IllegalArgumentException notAVersion(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a SchemaVer version: write MODEL-REVISION-ADDITION, such as 1-0-2, MODEL from 1, no leading"
            + " zeros");
  }

  static IllegalArgumentException notAKey(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' does not name a schema: write iglu:vendor/name/jsonschema/1-0-2, of letters, digits, '.', '_', '-'");
  }

  static RegistryException noDirectory(Path path) {
    return new RegistryException(
        "schema directory "
            + path.toAbsolutePath()
            + " does not exist or is not a directory; name one that holds vendor/name/jsonschema/version files",
        null);
  }

  static RegistryException unreadable(Path path, IOException cause) {
    return new RegistryException(
        "cannot read " + path.toAbsolutePath() + ": " + cause + "; check that it may be read",
        cause);
  }
}
