package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.schemas.dialect.Dialect;
import dev.tributary.schemas.dialect.SchemaDocument.Place;
import java.util.Iterator;
import java.util.Set;

/** Whether two documents of different drafts use only keywords that all drafts read alike. */
final class DraftNeutrality {
  private static final Set<String> NEUTRAL =
      Set.of(
          "$schema",
          "self",
          "title",
          "description",
          "default",
          "examples",
          "definitions",
          "type",
          "enum",
          "properties",
          "required",
          "additionalProperties",
          "patternProperties",
          "minProperties",
          "maxProperties",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "multipleOf",
          "minItems",
          "maxItems",
          "uniqueItems",
          "items",
          "allOf",
          "anyOf",
          "oneOf",
          "not",
          "$ref");

  private DraftNeutrality() {}

  static boolean holds(SchemaNode earlier, SchemaNode newer) {
    boolean integersNarrow =
        newer.dialect() == Dialect.DRAFT_4
            && newer.place().node().toString().contains("\"integer\"");
    return !integersNarrow && neutral(earlier) && neutral(newer);
  }

  private static boolean neutral(SchemaNode root) {
    return root.document().subschemas().stream().allMatch(DraftNeutrality::neutral);
  }

  private static boolean neutral(Place place) {
    JsonNode node = place.node();
    if (node.isBoolean()) {
      return true;
    }
    boolean siblings = node.has("$ref") && node.size() > 1;
    boolean tuple = node.path("items").isArray();
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (!NEUTRAL.contains(names.next())) {
        return false;
      }
    }
    return !siblings && !tuple;
  }
}
