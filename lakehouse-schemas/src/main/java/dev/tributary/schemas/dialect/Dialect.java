package dev.tributary.schemas.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The JSON Schema drafts that are understood, each with the URI of its meta-schema. */
public enum Dialect {
  DRAFT_4("http://json-schema.org/draft-04/schema#"),
  DRAFT_6("http://json-schema.org/draft-06/schema#"),
  DRAFT_7("http://json-schema.org/draft-07/schema#"),
  DRAFT_2019_09("https://json-schema.org/draft/2019-09/schema"),
  DRAFT_2020_12("https://json-schema.org/draft/2020-12/schema");

  /**
   * The meta-schema of Iglu: draft 4 with a {@code self} block. See <a
   * href="https://github.com/snowplow/iglu/wiki/Self-describing-JSON-Schemas">self-describing JSON
   * Schemas</a>.
   */
  private static final String IGLU =
      "iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0";

  private final String uri;

  Dialect(String uri) {
    this.uri = uri;
  }

  /** The URI of the meta-schema, as the draft writes it. */
  public String uri() {
    return uri;
  }

  /** Up to draft 7 the siblings of {@code $ref} are ignored; later they apply too. */
  public boolean ignoresSiblingsOfRef() {
    return compareTo(DRAFT_7) <= 0;
  }

  /** The keyword that names a schema. */
  public String idKeyword() {
    return this == DRAFT_4 ? "id" : "$id";
  }

  /**
   * The dialect a document declares in {@code $schema}; 2020-12 when it declares none. Empty when
   * what it declares is not known here.
   */
  public static Optional<Dialect> of(JsonNode document) {
    JsonNode declared = document.get("$schema");
    if (declared == null) {
      return Optional.of(DRAFT_2020_12);
    }
    if (!declared.isTextual()) {
      return Optional.empty();
    }
    return ofUri(declared.textValue());
  }

  private static Optional<Dialect> ofUri(String declared) {
    String bare = withoutSchemeAndFragment(declared);
    if (bare.equals(IGLU)) {
      return Optional.of(DRAFT_4);
    }
    for (Dialect dialect : values()) {
      if (withoutSchemeAndFragment(dialect.uri).equals(bare)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }

  private static String withoutSchemeAndFragment(String uri) {
    String bare = uri.endsWith("#") ? uri.substring(0, uri.length() - 1) : uri;
    return bare.replaceFirst("^https?://", "");
  }
}
