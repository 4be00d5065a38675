package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.graph.GraphRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A deterministic rule: what in a row of a table says that two identifiers belong together.
 *
 * @param name e.g. {@code same_login}; with {@code household.} in front it is of that graph
 * @param table a table, or an event for all models of it, e.g. {@code silver.identified}
 * @param left one identifier
 * @param right the other; absent where a row only shows that the left one exists
 * @param where SQL condition on the row, if any
 * @param confidence probability that the rule is right, in (0, 1]
 * @param sources the systems that are believed, e.g. those behind a login; none for all
 * @param consent SQL for the id of the consent that the evidence rests on, if any
 */
record EvidenceRule(
    String name,
    String table,
    Side left,
    Optional<Side> right,
    Optional<String> where,
    double confidence,
    List<String> sources,
    Optional<String> consent) {

  /** An identifier type and the SQL for its value. */
  record Side(String type, String sql) {
    Side {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(sql, "sql");
    }
  }

  EvidenceRule {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(table, "table");
    sources = List.copyOf(sources);
    if (!(confidence > 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "confidence " + confidence + " is outside (0, 1]; give the probability of being right");
    }
  }

  /** The graph that the evidence is of. */
  String graph() {
    return name.startsWith(GraphRules.HOUSEHOLD_RULE_PREFIX)
        ? GraphRules.HOUSEHOLD
        : GraphRules.PERSON;
  }
}
