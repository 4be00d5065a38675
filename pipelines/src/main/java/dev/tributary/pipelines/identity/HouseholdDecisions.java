package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.schemas.contract.IdentityDecisionColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What people decided of households, between the nodes that households are made of: whoever an
 * identifier of a person stands for by now, and what is shared. A decision on one who is nobody, or
 * on two who have become one person, waits.
 *
 * @param decisions between persons, whose values are profile ids, and what is shared, by its hash
 * @param fresh ends of decisions since the last batch
 * @param logins the identifiers of persons that are named, as they stand
 * @param types the types of these
 * @param beside the other ends of the decisions that name an identifier of a person, by its node
 */
record HouseholdDecisions(
    List<Decision> decisions,
    Set<Identifier> fresh,
    List<HouseholdLogin> logins,
    Set<String> types,
    Map<Long, Set<Identifier>> beside) {
  static final HouseholdDecisions NONE =
      new HouseholdDecisions(List.of(), Set.of(), List.of(), Set.of(), Map.of());

  /** Where a row of decisions has the ends: type, node of the graph of persons, of households. */
  private static final int LEFT = 5;

  private static final int RIGHT = 8;

  /** The decisions as they stand; few beside the evidence. */
  static HouseholdDecisions read(IdentityRules rules, Facts facts, HouseholdLookup lookup) {
    Dataset<Row> all = facts.decisions();
    List<Row> rows = all == null ? List.of() : rows(all);
    if (rows.isEmpty()) {
      return NONE;
    }
    Set<String> shared = Households.sharedTypes(rules);
    Set<String> types = new HashSet<>();
    Set<Long> nodes = new HashSet<>();
    for (Row row : rows) {
      for (int end : new int[] {LEFT, RIGHT}) {
        if (!shared.contains(row.getString(end))) {
          types.add(row.getString(end));
          nodes.add(row.getLong(end + 1));
        }
      }
    }
    List<HouseholdLogin> logins = lookup.ofNodes(nodes);
    Map<Long, String> profiles = new HashMap<>();
    logins.stream()
        .filter(login -> login.profile() != null)
        .forEach(login -> profiles.put(login.node(), login.profile()));
    List<Decision> decisions = new ArrayList<>();
    Set<Identifier> fresh = new HashSet<>();
    Map<Long, Set<Identifier>> beside = new HashMap<>();
    for (Row row : rows) {
      Identifier left = node(row, LEFT, shared, profiles);
      Identifier right = node(row, RIGHT, shared, profiles);
      if (right != null) {
        beside.computeIfAbsent(row.getLong(LEFT + 1), key -> new HashSet<>()).add(right);
      }
      if (left != null) {
        beside.computeIfAbsent(row.getLong(RIGHT + 1), key -> new HashSet<>()).add(left);
      }
      if (left != null && right != null && !left.equals(right)) {
        decisions.add(decision(row, left, right));
        if (row.getBoolean(4)) {
          fresh.add(left);
          fresh.add(right);
        }
      }
    }
    return new HouseholdDecisions(List.copyOf(decisions), fresh, logins, types, beside);
  }

  private static List<Row> rows(Dataset<Row> all) {
    return all.where(col(IdentityDecisionColumns.GRAPH).equalTo(GraphRules.HOUSEHOLD))
        .select(
            col(IdentityDecisionColumns.KIND),
            col(IdentityDecisionColumns.AUTHOR),
            col(IdentityDecisionColumns.REASON),
            unix_micros(col(IdentityDecisionColumns.AT)),
            col("fresh"),
            col(IdentityDecisionColumns.LEFT_TYPE),
            person(IdentityDecisionColumns.LEFT_TYPE, IdentityDecisionColumns.LEFT_VALUE),
            col("l"),
            col(IdentityDecisionColumns.RIGHT_TYPE),
            person(IdentityDecisionColumns.RIGHT_TYPE, IdentityDecisionColumns.RIGHT_VALUE),
            col("r"))
        .collectAsList();
  }

  private static Column person(String type, String value) {
    return NodeIds.of(GraphRules.PERSON, col(type), col(value));
  }

  private static Identifier node(Row row, int end, Set<String> shared, Map<Long, String> profiles) {
    if (shared.contains(row.getString(end))) {
      return HouseholdResolver.shared(row.getString(end), row.getLong(end + 2));
    }
    String profile = profiles.get(row.getLong(end + 1));
    return profile == null ? null : HouseholdResolver.person(profile);
  }

  private static Decision decision(Row row, Identifier left, Identifier right) {
    return new Decision(
        Decision.Kind.valueOf(row.getString(0).toUpperCase(Locale.ROOT)),
        left,
        right,
        row.getString(1),
        row.getString(2),
        row.getLong(3));
  }

  /** Must-links, also those that a later decision takes back: what may be of one household. */
  List<Decision> mustLinks() {
    return decisions.stream().filter(one -> one.kind() == Decision.Kind.MUST_LINK).toList();
  }
}
