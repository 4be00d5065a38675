package dev.tributary.pipelines.landing;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The columns of which Parquet found that a dictionary does not pay, so that the next file of the
 * table does not build one again only to throw it away: a fifth of the time of landing events with
 * unique ids. Values are the same with and without.
 */
final class VariedColumns {
  private final Map<String, Set<String>> byTable = new ConcurrentHashMap<>();

  void add(TableLayout layout, String column) {
    byTable.computeIfAbsent(layout.name(), name -> ConcurrentHashMap.newKeySet()).add(column);
  }

  Set<String> of(TableLayout layout) {
    return byTable.getOrDefault(layout.name(), Set.of());
  }
}
