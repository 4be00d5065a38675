package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import java.util.List;

/** What a person asks of households as they stand: few of them, with their evidence. */
final class HouseholdQueries {
  private final IdentityTables tables;
  private final IdentityRules rules;
  private final HouseholdLookup lookup;
  private final HouseholdDecisions decisions;

  /**
   * @param plan one that has read everything
   */
  HouseholdQueries(IdentityTables tables, IdentityRules rules, BatchPlan plan) {
    Facts facts = new Facts(tables, rules, plan);
    this.tables = tables;
    this.rules = rules;
    this.lookup = new HouseholdLookup(tables, rules, plan, facts, HouseholdLookup.MOST_ROWS);
    this.decisions = HouseholdDecisions.read(rules, facts, lookup);
  }

  /** Whether more persons share it than a household has. */
  boolean isBuilding(Identifier shared) {
    Identifier node = HouseholdResolver.shared(shared.type(), hash(GraphRules.HOUSEHOLD, shared));
    TouchedHouseholds found =
        TouchedHouseholds.around(lookup, rules, decisions, List.of(node), List.of());
    return found == null || found.isBuilding(node);
  }

  private long hash(String graph, Identifier identifier) {
    return tables
        .spark()
        .range(1)
        .select(xxhash64(lit(graph), lit(identifier.type()), lit(identifier.value())))
        .head()
        .getLong(0);
  }
}
