package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.schemas.contract.IdentityAliasColumns;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import dev.tributary.schemas.contract.IdentityExcludedColumns;
import dev.tributary.schemas.contract.IdentityGroupColumns;
import dev.tributary.schemas.contract.IdentityProfileColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Finds identifiers, profiles and groups in the tables, few at a time. */
final class Lookup {
  /** More evidence than this of one group is not read for a person to look at. */
  private static final int MOST_ROWS = 500_000;

  private final IdentityTables tables;
  private final IdentityRules rules;

  Lookup(IdentityTables tables, IdentityRules rules) {
    this.tables = tables;
    this.rules = rules;
    if (tables.version(IdentityAssignmentColumns.TABLE) < 0) {
      throw IdentityErrors.nothingResolved(tables.lake().toString());
    }
  }

  private Dataset<Row> now(String table) {
    return tables.now(table);
  }

  /** The identifier that a text names: itself, or the oldest of a profile. */
  Identifier identifier(String text) {
    Optional<Identifier> plain = parse(text);
    if (plain.isPresent()) {
      return plain.get();
    }
    Row profile =
        newestProfile(profile(text))
            .orElseThrow(() -> IdentityErrors.unknownIdentifier(text, rules.typeNames()));
    return new Identifier(profile.getString(0), profile.getString(1));
  }

  /** {@code type:value}, normalised; empty when the type is none. */
  Optional<Identifier> parse(String text) {
    int colon = text.indexOf(':');
    String type = colon < 0 ? "" : text.substring(0, colon);
    if (!rules.types().containsKey(type)) {
      return Optional.empty();
    }
    String given = text.substring(colon + 1);
    String value =
        tables
            .spark()
            .range(1)
            .select(rules.types().get(type).of(lit(given), rules.phoneCountry()))
            .head()
            .getString(0);
    return Optional.of(new Identifier(type, value == null ? given : value));
  }

  /** The living profile that answers to an id; the id itself when nothing does. */
  String profile(String id) {
    String at = id;
    for (int hops = 0;
        hops < MOST_ROWS && tables.version(IdentityAliasColumns.TABLE) >= 0;
        hops++) {
      Row next =
          now(IdentityAliasColumns.TABLE)
              .where(col(IdentityAliasColumns.OLD_ID).equalTo(at))
              .agg(functions.max_by(col(IdentityAliasColumns.NEW_ID), col("batch")))
              .head();
      if (next.isNullAt(0) || next.getString(0).equals(at)) {
        return at;
      }
      at = next.getString(0);
    }
    return at;
  }

  private Optional<Row> newestProfile(String id) {
    List<Row> found =
        now(IdentityProfileColumns.TABLE)
            .where(col(IdentityProfileColumns.PROFILE_ID).equalTo(id))
            .orderBy(col("batch").desc())
            .limit(1)
            .select(
                IdentityProfileColumns.OLDEST_TYPE,
                IdentityProfileColumns.OLDEST_VALUE,
                IdentityProfileColumns.GRAPH,
                IdentityProfileColumns.SIZE)
            .collectAsList();
    return found.stream().filter(row -> !row.isNullAt(0)).findFirst();
  }

  /** The types of what persons of a household share. */
  Set<String> sharedTypes() {
    return new TreeSet<>(Households.sharedTypes(rules));
  }

  /** Whether an identifier is of what persons share, in decisions of households. */
  boolean isShared(Identifier identifier) {
    return Households.sharedTypes(rules).contains(identifier.type());
  }

  /** Whether it is of nobody but what persons share. */
  boolean isOnlyShared(Identifier identifier) {
    return isShared(identifier) && !isKnown(GraphRules.PERSON, identifier);
  }

  /** Whether there was evidence of it. */
  boolean isKnown(String graph, Identifier identifier) {
    return node(graph, identifier).isPresent();
  }

  /** Whether the id is of a household. */
  boolean isHousehold(String id) {
    return id.startsWith(GraphRules.HOUSEHOLD_ID_PREFIX) && parse(id).isEmpty();
  }

  /** Whether more persons share it than a household has. */
  boolean isBuilding(Identifier shared) {
    return households().isBuilding(shared);
  }

  /** Households as they stand. */
  HouseholdQueries households() {
    return new HouseholdQueries(tables, rules, standing());
  }

  /** The graph of an identifier: that of persons if it is in both. */
  String graphOf(Identifier identifier) {
    return node(GraphRules.HOUSEHOLD, identifier).isPresent()
            && node(GraphRules.PERSON, identifier).isEmpty()
        ? GraphRules.HOUSEHOLD
        : GraphRules.PERSON;
  }

  /** The group of an identifier; empty when it has none. */
  private Optional<Long> node(String graph, Identifier identifier) {
    List<Row> found =
        now(IdentityAssignmentColumns.TABLE)
            .where(col(IdentityAssignmentColumns.NODE).equalTo(NodeIds.of(graph, identifier)))
            .orderBy(col("batch").desc())
            .limit(1)
            .select(IdentityAssignmentColumns.GROUP_ID)
            .collectAsList();
    return found.stream().map(row -> row.getLong(0)).findFirst();
  }

  /** Why an identifier stands for nobody, if it does. */
  Optional<String> excluded(String graph, Identifier identifier) {
    Optional<String> blocked = rules.graph(graph).blocks(identifier).map(why -> why.detail());
    if (blocked.isPresent()) {
      return blocked;
    }
    return now(IdentityExcludedColumns.TABLE)
        .where(col(IdentityExcludedColumns.NODE).equalTo(NodeIds.of(graph, identifier)))
        .select(IdentityExcludedColumns.DETAIL)
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .findFirst();
  }

  /** The groups of identifiers with all that is known of them, as one. */
  Group group(String graph, List<Identifier> identifiers) {
    List<Long> roots = new ArrayList<>();
    for (Identifier identifier : identifiers) {
      node(graph, identifier).map(this::root).ifPresent(roots::add);
    }
    Object[] groups = groups(roots);
    Object[] asked =
        tables
            .spark()
            .range(1)
            .select(
                identifiers.stream()
                    .map(i -> NodeIds.of(graph, i))
                    .toArray(org.apache.spark.sql.Column[]::new))
            .head()
            .toSeq()
            .mkString(",")
            .split(",");
    Group group = new Group(0, IdentityRules.GRAPHS.indexOf(graph), false);
    rows(groups, asked).forEach(row -> group.add(row));
    return group;
  }

  private long root(long group) {
    Row root =
        now(IdentityGroupColumns.TABLE)
            .where(col(IdentityGroupColumns.GROUP_ID).equalTo(group))
            .agg(functions.max_by(col(IdentityGroupColumns.ROOT), col("batch")))
            .head();
    return root.isNullAt(0) ? group : root.getLong(0);
  }

  private Object[] groups(List<Long> roots) {
    List<Object> groups = new ArrayList<>(roots);
    if (!roots.isEmpty()) {
      Groups.standing(now(IdentityGroupColumns.TABLE))
          .where(col("root").isin(roots.toArray()))
          .select("group_id")
          .collectAsList()
          .forEach(row -> groups.add(row.getLong(0)));
    }
    return groups.toArray();
  }

  private List<Row> rows(Object[] groups, Object... asked) {
    Facts facts = new Facts(tables, rules, standing());
    GroupRows shape = new GroupRows(rules);
    org.apache.spark.sql.Column mine = col("group_id").isin(groups);
    Dataset<Row> assigned =
        now(IdentityAssignmentColumns.TABLE).where(mine).withColumn("root", lit(0L));
    Dataset<Row> edges =
        now(IdentityEdgeColumns.TABLE)
            .where(
                mine.or(
                    col("unused")
                        .isNotNull()
                        .and(col("src").isin(asked).or(col("dst").isin(asked)))))
            .withColumn("unused", lit(null).cast("string"))
            .withColumn("root", lit(0L))
            .limit(MOST_ROWS);
    List<Dataset<Row>> parts = new ArrayList<>();
    parts.add(shape.assigned(assigned));
    parts.add(shape.edges(edges, facts.withdrawnConsents()));
    Dataset<Row> members = assigned.select("node", "root").distinct();
    if (facts.withdrawnSubjects() != null) {
      parts.add(shape.withdrawn(facts.withdrawnSubjects().join(members, "node")));
    }
    if (facts.decisions() != null) {
      parts.add(
          shape.decisions(facts.decisions().join(members.withColumnRenamed("node", "l"), "l")));
    }
    Dataset<Row> near =
        members
            .select("node")
            .unionAll(edges.select(col("src").as("node")))
            .unionAll(edges.select(col("dst").as("node")))
            .distinct();
    Dataset<Row> excluded =
        now(IdentityExcludedColumns.TABLE)
            .join(near, "node")
            .select(
                lit(0L).as("root"),
                col("node"),
                GroupRows.graphCode(col("graph")).as("g"),
                col(IdentityExcludedColumns.IDENTIFIER_TYPE).as("type"),
                col(IdentityExcludedColumns.IDENTIFIER_VALUE).as("value"),
                col("reason"),
                col("detail"));
    parts.add(shape.excluded(excluded));
    List<Row> rows =
        parts.stream().reduce(Dataset::unionAll).orElseThrow().limit(MOST_ROWS).collectAsList();
    return rows;
  }

  /** A plan that has read everything: facts are all known, none is new. */
  private BatchPlan standing() {
    Map<String, BatchPlan.Range> sources = new TreeMap<>();
    for (String table :
        List.of(
            dev.tributary.schemas.contract.IdentityDecisionColumns.TABLE,
            dev.tributary.schemas.contract.ConsentColumns.TABLE)) {
      long version = tables.version(table);
      sources.put(table, new BatchPlan.Range(version, version));
    }
    return new BatchPlan(0, false, 0, rules.text(), sources, Map.of());
  }

  /** Members of a profile as of now, as {@code type:value}, in order. */
  List<String> members(String profile) {
    return tables
        .spark()
        .sql(
            IdentityViews.linksOf("'person','household'")
                + " AND a.profile_id = '"
                + profile.replaceAll("[^A-Za-z0-9_]", "")
                + "'")
        .where("valid_to IS NULL")
        .selectExpr("identifier_type || ':' || identifier_value AS i")
        .orderBy("i")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toList());
  }
}
