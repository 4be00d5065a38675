package dev.tributary.schemas.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.ValidationMessage;
import dev.tributary.schemas.dialect.Limits;
import dev.tributary.schemas.dialect.PatternBudgetException;
import dev.tributary.schemas.dialect.SchemaCompiler;
import dev.tributary.schemas.registry.EventSchema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled JSON Schema (drafts 4, 6, 7, 2019-09, 2020-12). Safe for use by many threads; compile
 * once and keep it.
 *
 * <p>Formats in {@link dev.tributary.schemas.dialect.AssertedFormats} are asserted in every draft.
 * The cost of patterns is bounded, see {@link dev.tributary.schemas.dialect.EcmaPattern}.
 */
public final class JsonValidator {
  /** Stands for a keyword where an instance is too deep or a number too large to be looked at. */
  public static final String LIMITS = "limits";

  private final JsonSchema schema;

  private JsonValidator(JsonSchema schema) {
    this.schema = schema;
  }

  /** Compiles a schema of the registry. */
  public static JsonValidator compile(EventSchema schema) {
    return compile(schema.document());
  }

  /**
   * Compiles a JSON Schema document; without {@code $schema} it is read as 2020-12.
   *
   * @throws com.networknt.schema.JsonSchemaException when it cannot be compiled
   */
  public static JsonValidator compile(JsonNode document) {
    return new JsonValidator(SchemaCompiler.compile(document));
  }

  /**
   * As {@link #compile(JsonNode)}, with further documents (URI → JSON text) that references may
   * name.
   */
  static JsonValidator compile(JsonNode document, Map<String, String> others) {
    return new JsonValidator(SchemaCompiler.compile(document, others));
  }

  /**
   * The first violation, or empty when the instance is valid. Never throws: an instance beyond
   * {@link Limits} is invalid under every schema, by the keyword {@value #LIMITS}.
   */
  public Optional<Violation> validate(JsonNode instance) {
    Optional<Limits.Excess> excess = Limits.exceeded(instance);
    if (excess.isPresent()) {
      String pointer = excess.get().pointer().toString();
      return Optional.of(new Violation(pointer, LIMITS, excess.get().message()));
    }
    try {
      Set<ValidationMessage> messages = schema.validate(instance, OutputFormat.DEFAULT);
      return messages.isEmpty() ? Optional.empty() : Optional.of(violation(messages));
    } catch (PatternBudgetException tooCostly) {
      return Optional.of(new Violation("", "pattern", tooCostly.getMessage()));
    }
  }

  private static Violation violation(Set<ValidationMessage> messages) {
    ValidationMessage first = messages.iterator().next();
    return new Violation(
        first.getInstanceLocation().toString(), first.getType(), first.getMessage());
  }
}
