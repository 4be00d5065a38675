package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One place where two documents are written differently, annotations aside.
 *
 * @param pointer into the newer document; into the earlier one for what was removed
 * @param before missing for what was added
 * @param after missing for what was removed
 */
record Difference(String pointer, String keyword, JsonNode before, JsonNode after) {
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "$id",
          "id",
          "$schema",
          "$comment",
          "self",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly");
  private static final Set<String> MAPS =
      Set.of(
          "properties",
          "patternProperties",
          "definitions",
          "$defs",
          "dependentSchemas",
          "dependencies");

  static List<Difference> between(JsonNode before, JsonNode after) {
    List<Difference> differences = new ArrayList<>();
    value(
        JsonPointer.compile("/$schema"),
        "$schema",
        before.path("$schema"),
        after.path("$schema"),
        differences);
    schema(JsonPointer.empty(), "", before, after, differences);
    return differences;
  }

  /** Whether two schemas, or two lists of schemas, are written alike. */
  static boolean none(JsonNode before, JsonNode after) {
    List<Difference> differences = new ArrayList<>();
    keyword(JsonPointer.empty(), "", before, after, differences);
    return differences.isEmpty();
  }

  private static void schema(
      JsonPointer at, String keyword, JsonNode before, JsonNode after, List<Difference> found) {
    if (!before.isObject() || !after.isObject()) {
      value(at, keyword, before, after, found);
      return;
    }
    for (String name : names(before, after)) {
      if (!ANNOTATIONS.contains(name)) {
        keyword(at.appendProperty(name), name, before.path(name), after.path(name), found);
      }
    }
  }

  private static void keyword(
      JsonPointer at, String name, JsonNode before, JsonNode after, List<Difference> found) {
    if (MAPS.contains(name) && !(before.isArray() || after.isArray())) {
      for (String member : names(before, after)) {
        schema(at.appendProperty(member), name, before.path(member), after.path(member), found);
      }
    } else if (isSchemas(before) && isSchemas(after) && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        schema(at.appendIndex(i), name, before.get(i), after.get(i), found);
      }
    } else if (name.equals("enum") || name.equals("const")) {
      value(at, name, before, after, found);
    } else {
      schema(at, name, before, after, found);
    }
  }

  private static boolean isSchemas(JsonNode node) {
    return node.isArray() && !node.isEmpty() && node.get(0).isObject();
  }

  private static Set<String> names(JsonNode before, JsonNode after) {
    Set<String> names = new LinkedHashSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void value(
      JsonPointer at, String keyword, JsonNode before, JsonNode after, List<Difference> found) {
    if (!before.equals(after)) {
      found.add(new Difference(at.toString(), keyword, before, after));
    }
  }

  /** A sentence for a difference that was found to break nothing. */
  String describe() {
    String name =
        pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    String what =
        switch (keyword) {
          case "properties" -> "property " + name;
          case "patternProperties" -> "the properties matching " + name;
          case "definitions", "$defs" -> "definition " + name;
          default -> keyword;
        };
    if (before.isMissingNode()) {
      return what + " is new, and everything valid before stays valid";
    }
    if (after.isMissingNode()) {
      return what + " is gone, and everything valid before stays valid";
    }
    return what
        + " went from "
        + Finding.text(before)
        + " to "
        + Finding.text(after)
        + ", and everything valid before stays valid";
  }
}
