package dev.tributary.schemas.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be wrong with a document before any instance is seen. */
final class DialectErrors {
  private DialectErrors() {}

  static JsonSchemaException unknown(JsonNode document) {
    return new JsonSchemaException(
        "unknown $schema "
            + document.get("$schema")
            + "; known are "
            + Arrays.stream(Dialect.values()).map(Dialect::uri).collect(Collectors.joining(", ")));
  }

  static JsonSchemaException remote(String uri) {
    return new JsonSchemaException(
        "the reference to "
            + uri
            + " leaves the document; nothing is fetched: copy what it names into definitions");
  }
}
