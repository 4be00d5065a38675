package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tributary.schemas.dialect.Dialect;
import dev.tributary.schemas.dialect.SchemaDocument;
import dev.tributary.schemas.dialect.SchemaDocument.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A schema in its document, seen by the rules of its draft. */
record SchemaNode(SchemaDocument document, Place place) {
  static SchemaNode root(JsonNode document) {
    SchemaDocument indexed = SchemaDocument.of(document);
    return new SchemaNode(indexed, indexed.root());
  }

  /** What identifies it: the documents are compared by identity. */
  record Id(SchemaDocument document, String pointer) {}

  Id id() {
    return new Id(document, pointer());
  }

  String pointer() {
    return place.pointer().toString();
  }

  String pointer(String keyword) {
    return place.pointer().appendProperty(keyword).toString();
  }

  Dialect dialect() {
    return document.dialect();
  }

  boolean since(Dialect first) {
    return dialect().compareTo(first) >= 0;
  }

  boolean isFalse() {
    return place.node().isBoolean() && !place.node().booleanValue();
  }

  /**
   * The value of a keyword, missing where the draft has none: siblings of {@code $ref} up to draft
   * 7.
   */
  JsonNode get(String keyword) {
    boolean hidden =
        dialect().ignoresSiblingsOfRef() && !keyword.equals("$ref") && place.node().has("$ref");
    return hidden ? MissingNode.getInstance() : place.node().path(keyword);
  }

  boolean has(String keyword) {
    return !get(keyword).isMissingNode();
  }

  /** The schema under a keyword, if there is one. */
  Optional<SchemaNode> child(String keyword) {
    JsonNode node = get(keyword);
    return node.isObject() || node.isBoolean() ? Optional.of(at(keyword)) : Optional.empty();
  }

  SchemaNode at(String keyword) {
    return new SchemaNode(document, place.at(keyword));
  }

  SchemaNode at(String keyword, String name) {
    return new SchemaNode(document, place.at(keyword).at(name));
  }

  /** The schemas in the list under a keyword. */
  List<SchemaNode> list(String keyword) {
    List<SchemaNode> nodes = new ArrayList<>();
    for (int i = 0; get(keyword).isArray() && i < get(keyword).size(); i++) {
      nodes.add(new SchemaNode(document, place.at(keyword).at(i)));
    }
    return nodes;
  }

  /** The member names of the object under a keyword. */
  List<String> names(String keyword) {
    List<String> names = new ArrayList<>();
    if (get(keyword).isObject()) {
      get(keyword).fieldNames().forEachRemaining(names::add);
    }
    return names;
  }

  /** What {@code $ref} names, when that is in this document. */
  Optional<SchemaNode> reference() {
    JsonNode reference = get("$ref");
    return reference.isTextual()
        ? document
            .resolve(place, reference.textValue())
            .map(target -> new SchemaNode(document, target))
        : Optional.empty();
  }

  /** The schemas for the first elements of an array. */
  List<SchemaNode> prefix() {
    return list(since(Dialect.DRAFT_2020_12) ? "prefixItems" : "items");
  }

  /** The schema for the elements after the prefix. */
  Optional<SchemaNode> rest() {
    boolean tuple = !since(Dialect.DRAFT_2020_12) && get("items").isArray();
    return child(tuple ? "additionalItems" : "items");
  }

  /** The schema for the properties that have none of their own. */
  Optional<SchemaNode> others() {
    boolean alike = since(Dialect.DRAFT_2019_09) && !has("additionalProperties") && isPlain();
    return child(alike ? "unevaluatedProperties" : "additionalProperties");
  }

  /** Whether nothing else looks at the same instance, so that unevaluated means additional. */
  boolean isPlain() {
    return Stream.of(
            "$ref",
            "$dynamicRef",
            "$recursiveRef",
            "allOf",
            "anyOf",
            "oneOf",
            "if",
            "not",
            "dependentSchemas",
            "dependencies")
        .noneMatch(place.node()::has);
  }

  /** Whether two schemas are written alike, annotations aside, and so is all they refer to. */
  boolean sameAs(SchemaNode other) {
    return sameAs(other, new HashSet<>());
  }

  private boolean sameAs(SchemaNode other, Set<String> compared) {
    if (dialect() != other.dialect() || !Difference.none(place.node(), other.place.node())) {
      return false;
    }
    for (String keyword : SchemaDocument.REFERENCES) {
      for (JsonNode reference : place.node().findValues(keyword)) {
        boolean same =
            keyword.equals("$ref")
                && reference.isTextual()
                && (!compared.add(reference.textValue())
                    || sameTarget(other, reference.textValue(), compared));
        if (!same) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean sameTarget(SchemaNode other, String reference, Set<String> compared) {
    Optional<Place> here = document.resolve(place, reference);
    Optional<Place> there = other.document.resolve(other.place, reference);
    if (here.isEmpty() || there.isEmpty()) {
      return here.isEmpty() && there.isEmpty();
    }
    return new SchemaNode(document, here.get())
        .sameAs(new SchemaNode(other.document, there.get()), compared);
  }
}
