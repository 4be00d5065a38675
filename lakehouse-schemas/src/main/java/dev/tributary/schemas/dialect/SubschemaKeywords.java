package dev.tributary.schemas.dialect;

import dev.tributary.schemas.dialect.SchemaDocument.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Where a schema holds other schemas, over all drafts. */
final class SubschemaKeywords {
  private static final List<String> SINGLE =
      List.of(
          "additionalProperties",
          "additionalItems",
          "items",
          "not",
          "contains",
          "propertyNames",
          "if",
          "then",
          "else",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contentSchema");
  private static final List<String> LISTS =
      List.of("allOf", "anyOf", "oneOf", "items", "prefixItems");
  private static final List<String> MAPS =
      List.of(
          "properties",
          "patternProperties",
          "definitions",
          "$defs",
          "dependentSchemas",
          "dependencies");
  private static final List<String> IN_PLACE_SINGLE = List.of("not", "if", "then", "else");
  private static final List<String> IN_PLACE_LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> IN_PLACE_MAPS = List.of("dependentSchemas", "dependencies");

  private SubschemaKeywords() {}

  /** All schemas directly within a schema. */
  static List<Place> children(Place place) {
    return collect(place, SINGLE, LISTS, MAPS);
  }

  /** Those of them that look at the same instance as the schema itself. */
  static List<Place> inPlace(Place place) {
    return collect(place, IN_PLACE_SINGLE, IN_PLACE_LISTS, IN_PLACE_MAPS);
  }

  private static List<Place> collect(
      Place place, List<String> single, List<String> lists, List<String> maps) {
    List<Place> found = new ArrayList<>();
    for (String keyword : single) {
      add(found, place.at(keyword));
    }
    for (String keyword : lists) {
      Place list = place.at(keyword);
      for (int i = 0; list.node().isArray() && i < list.node().size(); i++) {
        add(found, list.at(i));
      }
    }
    for (String keyword : maps) {
      Place map = place.at(keyword);
      for (Iterator<String> names = map.node().fieldNames(); names.hasNext(); ) {
        add(found, map.at(names.next()));
      }
    }
    return found;
  }

  private static void add(List<Place> found, Place place) {
    if (place.node().isObject() || place.node().isBoolean()) {
      found.add(place);
    }
  }
}
