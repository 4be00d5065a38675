package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.tributary.pipelines.identity.components.ComponentEngine;
import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import dev.tributary.schemas.contract.IdentityHouseholdColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Makes all households from all evidence, by joins: in the first batch, in a rebuild, and where a
 * batch touches too many for {@link TouchedHouseholds}.
 */
final class AllHouseholds {
  private static final StructType DECIDED =
      new StructType()
          .add("profile", DataTypes.StringType)
          .add("shared", DataTypes.LongType)
          .add("other_profile", DataTypes.StringType)
          .add("other_shared", DataTypes.LongType)
          .add("at", DataTypes.LongType);

  private final IdentityTables tables;
  private final IdentityRules rules;
  private final BatchPlan plan;
  private final ComponentEngine engine;
  private final Staging staging;
  private final Facts facts;

  AllHouseholds(
      IdentityTables tables,
      IdentityRules rules,
      BatchPlan plan,
      ComponentEngine engine,
      Staging staging) {
    this.tables = tables;
    this.rules = rules;
    this.plan = plan;
    this.engine = engine;
    this.staging = staging;
    this.facts = new Facts(tables, rules, plan);
  }

  /** Who is of another household than before the batch: {@code profile_id, household_id}. */
  Dataset<Row> changes(HouseholdDecisions decisions) {
    Dataset<Row> linked = staging.keep("household_links", linked());
    boolean none = linked.isEmpty() && decisions.mustLinks().isEmpty();
    Dataset<Row> members =
        none
            ? tables.spark().createDataFrame(List.of(), HouseholdResolver.SCHEMA)
            : members(staging.keep("lived", evidence(linked)), decisions);
    return staging.keep("household_changes", changes(members));
  }

  /** What identifiers of persons are linked with, {@code login, shared, shared_type, …}. */
  private Dataset<Row> linked() {
    Dataset<Row> edges = edges();
    return edges
        .where(Households.leftIs(rules, "src"))
        .select(side("src", "dst"))
        .unionAll(edges.where(Households.leftIs(rules, "dst")).select(side("dst", "src")));
  }

  /** The evidence that counts: see {@link HouseholdResolver#EVIDENCE}, without components. */
  private Dataset<Row> evidence(Dataset<Row> linked) {
    return linked
        .join(persons(linked.select("login").distinct()), Exclusions.names("login"))
        .groupBy("profile", "shared", "shared_type", "rule")
        .agg(
            max("confidence").as("confidence"),
            min("first").as("first"),
            max("last").as("last"),
            sum("observations").as("observations"))
        .withColumn("person", person(col("profile")));
  }

  /** Edges of the graph as they stand: restated ones by their newest statement. */
  private Dataset<Row> edges() {
    Column since =
        max(when(col("replaces"), col("batch")))
            .over(Window.partitionBy("src", "dst", "rule", "source", "consent"));
    Dataset<Row> edges =
        tables
            .now(IdentityEdgeColumns.TABLE)
            .where(Households.counts())
            .withColumn("since", since)
            .where(
                col("since")
                    .isNull()
                    .or(col("batch").gt(col("since")))
                    .or(col("batch").equalTo(col("since")).and(col("replaces"))))
            .where(col("observations").gt(0))
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
                sum("observations").as("observations"));
    Dataset<Row> withdrawn = facts.withdrawnConsents();
    return withdrawn == null
        ? edges
        : edges.join(withdrawn, Exclusions.names("consent"), "left_anti");
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
  private Dataset<Row> persons(Dataset<Row> logins) {
    Column login =
        NodeIds.of(GraphRules.HOUSEHOLD, col("identifier_type"), col("identifier_value"));
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

  private static Column person(Column profile) {
    return NodeIds.of(GraphRules.HOUSEHOLD, lit(HouseholdResolver.PERSON_TYPE), profile);
  }

  private Dataset<Row> members(Dataset<Row> evidence, HouseholdDecisions decisions) {
    Dataset<Row> counted =
        evidence.join(buildings(evidence), Exclusions.names("shared"), "left_anti");
    Dataset<Row> links = counted.select(col("person").as("src"), col("shared").as("dst"));
    if (!decisions.mustLinks().isEmpty()) {
      Dataset<Row> decided = decided(decisions);
      links = links.unionAll(decided.select("node", "other"));
      counted = counted.unionByName(alone(decided), true);
    }
    Dataset<Row> components = engine.components(links);
    return counted
        .join(components.withColumnRenamed("id", "person"), Exclusions.names("person"))
        .select(HouseholdResolver.EVIDENCE)
        .repartition(col("component"))
        .sortWithinPartitions("component")
        .mapPartitions(
            new HouseholdResolver(rules.household(), decisions.decisions()),
            Encoders.row(HouseholdResolver.SCHEMA));
  }

  /** Each end of each must-link: {@code profile, node, other, at}. */
  private Dataset<Row> decided(HouseholdDecisions decisions) {
    List<Row> ends = new ArrayList<>();
    for (Decision must : decisions.mustLinks()) {
      ends.add(end(must.left(), must.right(), must.atMicros()));
      ends.add(end(must.right(), must.left(), must.atMicros()));
    }
    return tables
        .spark()
        .createDataFrame(ends, DECIDED)
        .withColumn("node", coalesce(col("shared"), person(col("profile"))))
        .withColumn("other", coalesce(col("other_shared"), person(col("other_profile"))));
  }

  private static Row end(Identifier one, Identifier other, long at) {
    boolean person = HouseholdResolver.isPerson(one);
    boolean otherPerson = HouseholdResolver.isPerson(other);
    return RowFactory.create(
        person ? one.value() : null,
        person ? null : (Long) HouseholdResolver.hash(one),
        otherPerson ? other.value() : null,
        otherPerson ? null : (Long) HouseholdResolver.hash(other),
        at);
  }

  /** Persons whom decisions name, seen by then: they may share nothing. */
  private static Dataset<Row> alone(Dataset<Row> decided) {
    return decided
        .where(col("profile").isNotNull())
        .select(
            col("profile"),
            col("node").as("person"),
            col("at").as("first"),
            col("at").as("last"),
            lit(0L).as("observations"));
  }

  /** What more persons share than any rule of hubs allows. */
  private Dataset<Row> buildings(Dataset<Row> evidence) {
    Column many = lit(false);
    for (String type : Households.rightTypes(rules)) {
      int most = Households.mostPersons(rules.household(), type);
      many = many.or(col("shared_type").equalTo(type).and(col("persons").gt(most)));
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
            .at(IdentityHouseholdColumns.TABLE, plan.base(IdentityHouseholdColumns.TABLE))
            .groupBy(col(IdentityHouseholdColumns.PROFILE_ID))
            .agg(max_by(col(IdentityHouseholdColumns.HOUSEHOLD_ID), col("batch")).as("was"))
            .where(col("was").isNotNull());
    return members
        .join(before, Exclusions.names("profile_id"), "full_outer")
        .where(col("was").eqNullSafe(col("household_id")).equalTo(lit(false)))
        .select(col("profile_id"), col("household_id"));
  }
}
