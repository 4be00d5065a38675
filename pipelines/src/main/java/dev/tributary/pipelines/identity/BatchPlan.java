package dev.tributary.pipelines.identity;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one batch does, decided before it writes anything: a batch that was killed is done again
 * from its plan, and so to the same tables.
 *
 * @param batch number, from 1
 * @param rebuild whether everything is resolved anew
 * @param atMicros the time of whatever it assigns, microseconds since 1970 UTC
 * @param rules the YAML of the rules in force
 * @param sources what it reads: source table → versions
 * @param base the version of each of its own tables that it starts from; -1 for none
 */
record BatchPlan(
    long batch,
    boolean rebuild,
    long atMicros,
    String rules,
    Map<String, Range> sources,
    Map<String, Long> base) {

  /**
   * Versions of a source.
   *
   * @param from up to which it has been read; -1 for not at all
   * @param until up to which it is read now; -1 when there is no such table
   */
  record Range(long from, long until) {
    boolean isEmpty() {
      return until <= from;
    }
  }

  BatchPlan {
    sources = new TreeMap<>(sources);
    base = new TreeMap<>(base);
  }

  /** Whether there is anything to read. */
  boolean hasNews() {
    return sources.values().stream().anyMatch(range -> !range.isEmpty());
  }

  String mode() {
    return rebuild ? "rebuild" : "incremental";
  }

  Range source(String table) {
    return sources.getOrDefault(table, new Range(-1, -1));
  }

  long base(String table) {
    return base.getOrDefault(table, -1L);
  }
}
