package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.tributary.pipelines.identity.components.ComponentEngine;
import dev.tributary.pipelines.identity.graph.BridgeRule;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.HubRule;
import dev.tributary.pipelines.identity.graph.Limit;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import dev.tributary.schemas.contract.IdentityHouseholdColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Households: a graph of its own, whose nodes are persons (their profiles) and what they share: an
 * address, a network. Evidence of rules named {@code household.…} links an identifier of a person,
 * on the left, with what is shared, on the right; it never joins persons. What more persons share
 * than a household has is a building, and joins nobody. People decide who is of one household and
 * who is not: {@link HouseholdDecisions}.
 *
 * <p>A function of the evidence, the decisions and the profiles as they are, so that what was read
 * in parts equals what is read at once. A batch computes it only where it touches it, {@link
 * TouchedHouseholds}; the first, a rebuild, and one that touches too much compute all of it, {@link
 * AllHouseholds}. An id follows from the oldest member, mostly the address. Reads {@code
 * identity.edges}, {@code identity.assignments} and facts; {@code identity.household_members} gains
 * a row for each profile whose household changed.
 */
final class Households {
  /** What more identifiers share than this is no household's, whosever they are. */
  private static final int MOST_IDENTIFIERS = 2_000;

  private final IdentityTables tables;
  private final IdentityRules rules;
  private final BatchPlan plan;
  private final ComponentEngine engine;
  private final long smallDelta;

  /**
   * @param smallDelta how many rows one process may look at
   */
  Households(
      IdentityTables tables,
      IdentityRules rules,
      BatchPlan plan,
      ComponentEngine engine,
      long smallDelta) {
    this.smallDelta = smallDelta;
    this.tables = tables;
    this.rules = rules;
    this.plan = plan;
    this.engine = engine;
  }

  /**
   * What evidence of a household must hold before there are any: profiles are not known there, so
   * nothing is a building yet; only what no building holds is left out for its size.
   */
  static GraphRules evidenceRules(GraphRules household) {
    return new GraphRules(
        household.graph(),
        household.minConfidence(),
        household.priority(),
        List.of(),
        household.blocked(),
        List.of(new HubRule(Limit.ANY, Limit.ANY, MOST_IDENTIFIERS)),
        household.sources(),
        BridgeRule.OFF,
        household.accepts(),
        household.refuses());
  }

  /** Writes what changes, if there may be any evidence of households. */
  void write() {
    String table = IdentityHouseholdColumns.TABLE;
    if (tables.committed(table).orElse(-1) >= plan.batch()) {
      return;
    }
    boolean former = plan.rebuild() && !tables.isEmpty(table, plan.base(table));
    boolean ruled = ofHouseholds(rules).findAny().isPresent();
    if (!ruled && !former) {
      return;
    }
    tables.spark().sparkContext().setJobDescription("households, batch " + plan.batch());
    Facts facts = new Facts(tables, rules, plan);
    HouseholdDecisions decisions =
        ruled
            ? HouseholdDecisions.read(
                rules, facts, new HouseholdLookup(tables, rules, plan, facts, Integer.MAX_VALUE))
            : HouseholdDecisions.NONE;
    boolean any = ofHouseholds(rules).anyMatch(rule -> !tables.physical(rule.table()).isEmpty());
    if (!any && decisions.beside().isEmpty() && !former) {
      return;
    }
    boolean anew = plan.rebuild() || plan.base(IdentityAssignmentColumns.TABLE) < 0;
    int most = (int) Math.min(smallDelta, HouseholdLookup.MANY);
    TouchedHouseholds touched =
        anew || plan.base(table) < 0
            ? null
            : TouchedHouseholds.find(
                new HouseholdLookup(tables, rules, plan, facts, most), rules, decisions);
    if (touched == null) {
      try (Staging staging = new Staging(tables, true)) {
        Dataset<Row> changes =
            new AllHouseholds(tables, rules, plan, engine, staging).changes(decisions);
        if (!changes.isEmpty()) {
          append(changes);
        }
      }
    } else if (!touched.profiles().isEmpty()) {
      List<Row> changes = changes(touched, decisions);
      if (!changes.isEmpty()) {
        append(tables.spark().createDataFrame(changes, HouseholdResolver.SCHEMA).coalesce(1));
      }
    }
  }

  private void append(Dataset<Row> changes) {
    tables.append(
        IdentityHouseholdColumns.TABLE,
        changes
            .withColumn(
                IdentityHouseholdColumns.VALID_FROM,
                timestamp_micros(Parameter.of(plan.atMicros())))
            .withColumn(IdentityHouseholdColumns.BATCH, Parameter.of(plan.batch())),
        plan.batch());
  }

  // --- what evidence says

  private static Stream<EvidenceRule> ofHouseholds(IdentityRules rules) {
    return rules.evidence().stream().filter(rule -> rule.graph().equals(GraphRules.HOUSEHOLD));
  }

  /** The types of identifiers that tell of which person evidence is. */
  static Set<String> loginTypes(IdentityRules rules) {
    return ofHouseholds(rules).map(rule -> rule.left().type()).collect(Collectors.toSet());
  }

  /** The types of what is shared, and tells of nobody. */
  static Set<String> sharedTypes(IdentityRules rules) {
    Set<String> types = rightTypes(rules);
    types.removeAll(loginTypes(rules));
    return types;
  }

  static Set<String> rightTypes(IdentityRules rules) {
    return ofHouseholds(rules)
        .flatMap(rule -> rule.right().stream())
        .map(EvidenceRule.Side::type)
        .collect(Collectors.toSet());
  }

  /** Whether an edge is evidence of households. That of a hub is: it may be a building. */
  static Column counts() {
    return col(IdentityEdgeColumns.GRAPH)
        .equalTo(GraphRules.HOUSEHOLD)
        .and(col("unused").isNull().or(col("unused").equalTo(Exclusions.HUB)));
  }

  /** Whether an end of an edge, {@code src} or {@code dst}, is a login by the edge's rule. */
  static Column leftIs(IdentityRules rules, String end) {
    return ofHouseholds(rules)
        .map(
            rule ->
                col("rule")
                    .equalTo(rule.name())
                    .and(col(end + "_type").equalTo(rule.left().type())))
        .reduce(lit(false), Column::or);
  }

  /** The most persons who share something of a type that is no building. */
  static int mostPersons(GraphRules household, String sharedType) {
    return household.hubs().stream()
        .filter(rule -> rule.counts(sharedType, HouseholdResolver.PERSON_TYPE))
        .mapToInt(HubRule::max)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  // --- those that the batch touches, in this process

  private List<Row> changes(TouchedHouseholds touched, HouseholdDecisions decisions) {
    Map<String, String> after = new HashMap<>();
    new HouseholdResolver(rules.household(), decisions.decisions())
        .call(touched.rows().iterator())
        .forEachRemaining(row -> after.put(row.getString(0), row.getString(1)));
    Map<String, Row> before = new HashMap<>();
    for (Row row : standing(touched.profiles())) {
      before.merge(
          row.getString(0), row, (one, other) -> one.getLong(2) > other.getLong(2) ? one : other);
    }
    List<Row> changes = new ArrayList<>();
    for (String profile : new TreeSet<>(touched.profiles())) {
      Row was = before.get(profile);
      if (!Objects.equals(was == null ? null : was.getString(1), after.get(profile))) {
        changes.add(RowFactory.create(profile, after.get(profile)));
      }
    }
    return changes;
  }

  private List<Row> standing(Set<String> profiles) {
    Dataset<Row> asked =
        tables
            .spark()
            .createDataset(List.copyOf(profiles), Encoders.STRING())
            .toDF(IdentityHouseholdColumns.PROFILE_ID);
    return before()
        .join(broadcast(asked), Exclusions.names(IdentityHouseholdColumns.PROFILE_ID), "left_semi")
        .select(
            IdentityHouseholdColumns.PROFILE_ID,
            IdentityHouseholdColumns.HOUSEHOLD_ID,
            IdentityHouseholdColumns.BATCH)
        .collectAsList();
  }

  private Dataset<Row> before() {
    String table = IdentityHouseholdColumns.TABLE;
    return tables.at(table, plan.base(table));
  }
}
