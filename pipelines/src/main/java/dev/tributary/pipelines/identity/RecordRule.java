package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.EvidenceRule.Side;
import dev.tributary.pipelines.identity.matching.AttributeKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Records that a model compares: tables whose rows describe identifiers.
 *
 * @param name of the model; its versions are {@code name-1}, {@code name-2}, …
 * @param tables that say something of records; a record is an identifier, its columns the newest
 *     values that are not NULL
 * @param columns what is compared and of which kind each is
 * @param atLeast probability from which on a match is evidence, in (0, 1)
 */
record RecordRule(
    String name, List<Source> tables, Map<String, AttributeKind> columns, double atLeast) {
  static final double AT_LEAST = 0.95;

  /**
   * A table of records.
   *
   * @param table or an event for all models of it
   * @param id the identifier that a row is of
   * @param values SQL for each compared column that the table has
   * @param where SQL condition on the row, if any
   * @param time SQL for the time of a row
   * @param consent SQL for the id of the consent that the row rests on, if any
   */
  record Source(
      String table,
      Side id,
      Map<String, String> values,
      Optional<String> where,
      String time,
      Optional<String> consent) {
    Source {
      Objects.requireNonNull(table, "table");
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  RecordRule {
    Objects.requireNonNull(name, "name");
    tables = List.copyOf(tables);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    if (!(atLeast > 0 && atLeast < 1)) {
      throw new IllegalArgumentException("at_least " + atLeast + " is outside (0, 1)");
    }
  }
}
