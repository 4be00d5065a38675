package dev.tributary.schemas.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.Keyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.Vocabularies;
import com.networknt.schema.Vocabulary;
import com.networknt.schema.resource.InputStreamSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles JSON Schema documents with networknt: formats asserted, patterns bounded in cost, first
 * violation only, references never fetched.
 */
public final class SchemaCompiler {
  private static final SchemaValidatorsConfig ASSERTING =
      configuration().failFast(true).formatAssertionsEnabled(true).build();
  private static final SchemaValidatorsConfig META = configuration().build();

  private SchemaCompiler() {}

  /**
   * Compiles a document by the dialect it declares.
   *
   * @throws com.networknt.schema.JsonSchemaException when it cannot be compiled, or refers to what
   *     is not in it
   */
  public static JsonSchema compile(JsonNode document) {
    return compile(document, Map.of());
  }

  /**
   * As {@link #compile(JsonNode)}, with further documents (URI → JSON text) that references may
   * name.
   */
  public static JsonSchema compile(JsonNode document, Map<String, String> others) {
    Dialect dialect = Dialect.of(document).orElseThrow(() -> DialectErrors.unknown(document));
    JsonSchema schema =
        factory(dialect, others).getSchema(normalised(document, dialect), ASSERTING);
    schema.initializeValidators();
    return schema;
  }

  /**
   * What the meta-schema of a dialect objects to in a document; empty when it is valid JSON Schema.
   */
  public static List<Objection> objections(JsonNode document, Dialect dialect) {
    return MetaSchemas.COMPILED.get(dialect).validate(normalised(document, dialect)).stream()
        .map(SchemaCompiler::objection)
        .toList();
  }

  private static Objection objection(ValidationMessage message) {
    return new Objection(message.getInstanceLocation().toString(), message.getMessage());
  }

  /**
   * One objection of a meta-schema.
   *
   * @param pointer JSON pointer into the document
   */
  public record Objection(String pointer, String message) {}

  private static JsonNode normalised(JsonNode document, Dialect dialect) {
    if (!(document instanceof ObjectNode object) || !object.has("$schema")) {
      return document;
    }
    ObjectNode copy = object.objectNode();
    copy.setAll(object);
    return copy.put("$schema", dialect.uri());
  }

  private static SchemaValidatorsConfig.Builder configuration() {
    return SchemaValidatorsConfig.builder()
        .pathType(PathType.JSON_POINTER)
        .locale(Locale.ROOT)
        .regularExpressionFactory(EcmaPattern::compile)
        .preloadJsonSchemaRefMaxNestingDepth(8);
  }

  private static JsonSchemaFactory factory(Dialect dialect, Map<String, String> others) {
    return JsonSchemaFactory.builder()
        .defaultMetaSchemaIri(dialect.uri())
        .metaSchemas(MetaSchemas.ALL)
        .schemaLoaders(loaders -> loaders.schemas(others).add(SchemaCompiler::onlyMetaSchemas))
        .build();
  }

  /** Meta-schemas are on the class path; nothing else is ever loaded. */
  private static InputStreamSource onlyMetaSchemas(AbsoluteIri iri) {
    if (iri.toString().startsWith("classpath:draft")) {
      return null;
    }
    throw DialectErrors.remote(iri.toString());
  }

  private static final class MetaSchemas {
    private static final UniqueItems UNIQUE_ITEMS = new UniqueItems();
    static final List<JsonMetaSchema> ALL =
        List.of(
                JsonMetaSchema.getV4(),
                JsonMetaSchema.getV6(),
                JsonMetaSchema.getV7(),
                JsonMetaSchema.getV201909(),
                JsonMetaSchema.getV202012())
            .stream()
            .map(MetaSchemas::withAssertedFormats)
            .toList();

    static final Map<Dialect, JsonSchema> COMPILED =
        Arrays.stream(Dialect.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), MetaSchemas::compiled));

    /** From 2019-09 on the keywords of a meta-schema come from its vocabularies. */
    private static Vocabulary vocabulary(String iri) {
      Vocabulary vocabulary = Vocabularies.getVocabulary(iri);
      if (vocabulary == null || !iri.endsWith("/vocab/validation")) {
        return vocabulary;
      }
      return new Vocabulary(
          iri,
          vocabulary.getKeywords().stream()
              .map(keyword -> keyword.getValue().equals("uniqueItems") ? UNIQUE_ITEMS : keyword)
              .toArray(Keyword[]::new));
    }

    private static JsonSchema compiled(Dialect dialect) {
      JsonSchema schema =
          factory(dialect, Map.of()).getSchema(SchemaLocation.of(dialect.uri()), META);
      schema.initializeValidators();
      return schema;
    }

    private static JsonMetaSchema withAssertedFormats(JsonMetaSchema meta) {
      return JsonMetaSchema.builder(meta.getIri(), meta)
          .formats(Map::clear)
          .formats(AssertedFormats.ALL)
          .keyword(UNIQUE_ITEMS)
          .vocabularyFactory(MetaSchemas::vocabulary)
          .build();
    }
  }
}
