package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which columns of kind {@link AttributeKind#LOCATION} are a place together: latitudes with
 * longitudes, in the order of each, by their names; else the first with the second.
 */
final class LocationColumns {
  private LocationColumns() {}

  /** One or two columns a place, the latitude first. */
  static List<List<String>> places(List<String> columns) {
    List<String> latitudes = named(columns, "lat");
    List<String> longitudes = named(columns, "lon|lng|long");
    if (latitudes.isEmpty() && longitudes.isEmpty() && columns.size() == 2) {
      return List.of(columns);
    }
    List<List<String>> places = new ArrayList<>();
    for (int i = 0; i < Math.min(latitudes.size(), longitudes.size()); i++) {
      places.add(List.of(latitudes.get(i), longitudes.get(i)));
    }
    columns.stream()
        .filter(column -> !latitudes.contains(column) && !longitudes.contains(column))
        .forEach(column -> places.add(List.of(column)));
    return places;
  }

  private static List<String> named(List<String> columns, String beginning) {
    String pattern = "(.*[^a-z])?(" + beginning + ")([^a-z].*|itude.*|gitude.*)?";
    return columns.stream()
        .filter(column -> column.toLowerCase(Locale.ROOT).matches(pattern))
        .toList();
  }
}
