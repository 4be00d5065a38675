package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.tributary.pipelines.identity.components.ComponentEngine;
import dev.tributary.pipelines.identity.graph.BridgeRule;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.HubRule;
import dev.tributary.pipelines.identity.graph.Limit;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import dev.tributary.schemas.contract.IdentityHouseholdColumns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Households: a graph of its own, whose nodes are persons (their profiles) and what they share: an
 * address, a network. Evidence of rules named {@code household.…} links an identifier of a person,
 * on the left, with what is shared, on the right; it never joins persons. What more persons share
 * than a household has is a building, and joins nobody.
 *
 * <p>A function of the evidence and of the profiles as they are, so that what was read in parts
 * equals what is read at once. An id follows from the oldest member, mostly the address. Reads
 * {@code identity.edges} and {@code identity.assignments}; {@code identity.household_members} gains
 * a row for each profile whose household changed.
 */
final class Households {
  private static final String PERSON_TYPE = "person";

  /** What more identifiers share than this is no household's, whosever they are. */
  private static final int MOST_IDENTIFIERS = 2_000;

  private final IdentityTables tables;
  private final IdentityRules rules;
  private final BatchPlan plan;
  private final ComponentEngine engine;

  Households(IdentityTables tables, IdentityRules rules, BatchPlan plan, ComponentEngine engine) {
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
    boolean any =
        rules.evidence().stream()
            .filter(rule -> rule.graph().equals(GraphRules.HOUSEHOLD))
            .anyMatch(rule -> !tables.physical(rule.table()).isEmpty());
    if (!any || tables.committed(IdentityHouseholdColumns.TABLE).orElse(-1) >= plan.batch()) {
      return;
    }
    tables.spark().sparkContext().setJobDescription("households, batch " + plan.batch());
    try (Staging staging = new Staging(tables, true)) {
      Facts facts = new Facts(tables, rules, plan);
      Dataset<Row> linked = staging.keep("household_links", linked(facts));
      Dataset<Row> members =
          linked.isEmpty() ? none() : members(staging.keep("lived", evidence(linked, facts)));
      Dataset<Row> changes = staging.keep("household_changes", changes(members));
      if (!changes.isEmpty()) {
        tables.append(IdentityHouseholdColumns.TABLE, changes, plan.batch());
      }
    }
  }

  private Dataset<Row> none() {
    return tables.spark().createDataFrame(List.of(), HouseholdResolver.SCHEMA);
  }

  /** What identifiers of persons are linked with, {@code login, shared, shared_type, …}. */
  private Dataset<Row> linked(Facts facts) {
    Dataset<Row> edges = edges(facts);
    return edges
        .where(leftIs("src"))
        .select(side("src", "dst"))
        .unionAll(edges.where(leftIs("dst")).select(side("dst", "src")));
  }

  /** The evidence that counts: see {@link HouseholdResolver#EVIDENCE}, without components. */
  private Dataset<Row> evidence(Dataset<Row> linked, Facts facts) {
    return linked
        .join(persons(linked.select("login").distinct(), facts), Exclusions.names("login"))
        .groupBy("profile", "shared", "shared_type", "rule")
        .agg(
            max("confidence").as("confidence"),
            min("first").as("first"),
            max("last").as("last"),
            sum("observations").as("observations"))
        .withColumn(
            "person", xxhash64(lit(GraphRules.HOUSEHOLD), lit(PERSON_TYPE), col("profile")));
  }

  /** Edges of the graph as they stand: restated ones by their newest statement. */
  private Dataset<Row> edges(Facts facts) {
    Column since =
        max(when(col("replaces"), col("batch")))
            .over(Window.partitionBy("src", "dst", "rule", "source", "consent"));
    Dataset<Row> edges =
        tables
            .now(IdentityEdgeColumns.TABLE)
            .where(col(IdentityEdgeColumns.GRAPH).equalTo(GraphRules.HOUSEHOLD))
            .where(col("unused").isNull().or(col("unused").equalTo(Exclusions.HUB)))
            .withColumn("since", since)
            .where(
                col("since")
                    .isNull()
                    .or(col("batch").gt(col("since")))
                    .or(col("batch").equalTo(col("since")).and(col("replaces"))))
            .groupBy(
                col("src"),
                col("dst"),
                col("src_type"),
                col("dst_type"),
                col("rule"),
                col("consent"))
            .agg(
                max("confidence").as("confidence"),
                min(unix_micros(col("first_seen"))).as("first"),
                max(unix_micros(col("last_seen"))).as("last"),
                sum("observations").as("observations"))
            .where(col("observations").gt(0));
    Dataset<Row> withdrawn = facts.withdrawnConsents();
    return withdrawn == null
        ? edges
        : edges.join(withdrawn, Exclusions.names("consent"), "left_anti");
  }

  private Column leftIs(String end) {
    Column is = lit(false);
    for (EvidenceRule rule : rules.evidence()) {
      if (rule.graph().equals(GraphRules.HOUSEHOLD)) {
        is =
            is.or(
                col("rule")
                    .equalTo(rule.name())
                    .and(col(end + "_type").equalTo(rule.left().type())));
      }
    }
    return is;
  }

  private static Column[] side(String login, String shared) {
    return new Column[] {
      col(login).as("login"),
      col(shared).as("shared"),
      col(shared + "_type").as("shared_type"),
      col("rule"),
      col("confidence"),
      col("first"),
      col("last"),
      col("observations")
    };
  }

  /** Those of the logins that stand for a person: {@code login, profile}. */
  private Dataset<Row> persons(Dataset<Row> logins, Facts facts) {
    Column login =
        xxhash64(lit(GraphRules.HOUSEHOLD), col("identifier_type"), col("identifier_value"));
    Column newest = struct(col("batch"), col(IdentityAssignmentColumns.VALID_FROM));
    Dataset<Row> now =
        tables
            .now(IdentityAssignmentColumns.TABLE)
            .where(col(IdentityAssignmentColumns.GRAPH).equalTo(GraphRules.PERSON))
            .withColumn("login", login)
            .join(logins, Exclusions.names("login"), "left_semi")
            .groupBy("login", "node")
            .agg(max_by(struct(col("profile_id"), col("valid_to")), newest).as("now"))
            .where(col("now.profile_id").isNotNull().and(col("now.valid_to").isNull()));
    Dataset<Row> withdrawn = facts.withdrawnSubjects();
    if (withdrawn != null) {
      now = now.join(withdrawn, Exclusions.names("node"), "left_anti");
    }
    return now.select(col("login"), col("now.profile_id").as("profile"));
  }

  private Dataset<Row> members(Dataset<Row> evidence) {
    Dataset<Row> counted =
        evidence.join(buildings(evidence), Exclusions.names("shared"), "left_anti");
    Dataset<Row> components =
        engine.components(counted.select(col("person").as("src"), col("shared").as("dst")));
    return counted
        .join(components.withColumnRenamed("id", "person"), Exclusions.names("person"))
        .select(HouseholdResolver.EVIDENCE)
        .repartition(col("component"))
        .sortWithinPartitions("component")
        .mapPartitions(
            new HouseholdResolver(rules.household()), Encoders.row(HouseholdResolver.SCHEMA));
  }

  /** What more persons share than any rule of hubs allows. */
  private Dataset<Row> buildings(Dataset<Row> evidence) {
    Column many = lit(false);
    for (HubRule rule : rules.household().hubs()) {
      boolean every = rule.type().equals(Limit.ANY);
      if (rule.neighbours().equals(Limit.ANY) || rule.neighbours().equals(PERSON_TYPE)) {
        Column ofType = every ? lit(true) : col("shared_type").equalTo(rule.type());
        many = many.or(ofType.and(col("persons").gt(rule.max())));
      }
    }
    return evidence
        .groupBy("shared", "shared_type")
        .agg(count_distinct(col("person")).as("persons"))
        .where(many)
        .select("shared");
  }

  private Dataset<Row> changes(Dataset<Row> members) {
    Dataset<Row> before =
        tables
            .now(IdentityHouseholdColumns.TABLE)
            .groupBy(col(IdentityHouseholdColumns.PROFILE_ID))
            .agg(max_by(col(IdentityHouseholdColumns.HOUSEHOLD_ID), col("batch")).as("was"))
            .where(col("was").isNotNull());
    return members
        .join(before, Exclusions.names("profile_id"), "full_outer")
        .where(col("was").eqNullSafe(col("household_id")).equalTo(lit(false)))
        .select(
            col("profile_id"),
            col("household_id"),
            timestamp_micros(Parameter.of(plan.atMicros())).as(IdentityHouseholdColumns.VALID_FROM),
            Parameter.of(plan.batch()).as(IdentityHouseholdColumns.BATCH));
  }
}
