package dev.tributary.schemas.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbstractKeyword;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.UniqueItemsValidator;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import java.util.Set;

/**
 * The keyword {@code uniqueItems}, of arrays only: networknt 1.5.9 holds the values of objects
 * against it too.
 */
final class UniqueItems extends AbstractKeyword {
  UniqueItems() {
    super("uniqueItems");
  }

  @Override
  public JsonValidator newValidator(
      SchemaLocation schemaLocation,
      JsonNodePath evaluationPath,
      JsonNode schemaNode,
      JsonSchema parentSchema,
      ValidationContext validationContext) {
    return new OfArrays(
        schemaLocation, evaluationPath, schemaNode, parentSchema, validationContext);
  }

  private static final class OfArrays extends UniqueItemsValidator {
    OfArrays(
        SchemaLocation schemaLocation,
        JsonNodePath evaluationPath,
        JsonNode schemaNode,
        JsonSchema parentSchema,
        ValidationContext validationContext) {
      super(schemaLocation, evaluationPath, schemaNode, parentSchema, validationContext);
    }

    @Override
    public Set<ValidationMessage> validate(
        ExecutionContext executionContext,
        JsonNode node,
        JsonNode rootNode,
        JsonNodePath instanceLocation) {
      return node.isArray()
          ? super.validate(executionContext, CanonicalJson.of(node), rootNode, instanceLocation)
          : Set.of();
    }
  }
}
