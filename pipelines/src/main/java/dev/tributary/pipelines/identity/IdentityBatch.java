package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.tributary.pipelines.identity.components.ComponentEngine;
import dev.tributary.pipelines.identity.components.ComponentEngines;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import dev.tributary.schemas.contract.IdentityExcludedColumns;
import dev.tributary.schemas.contract.IdentityGroupColumns;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One batch: new evidence → edges → touched groups → resolution → what changes. Reads its own
 * tables at the versions that the plan names, so that a batch done again sees what it saw the first
 * time.
 */
final class IdentityBatch implements AutoCloseable {
  /**
   * Files with more of {@code identity.groups}, at 16 bytes a row or more, are not for one task.
   */
  private static final long MOST_BYTES_OF_GROUPS = 32L << 20;

  private final IdentityTables tables;
  private final IdentityRules rules;
  private final BatchPlan plan;
  private final IdentityConfig config;
  private final boolean dry;
  private final ComponentEngine engine;
  private final Facts facts;
  private final Phases phases;
  private final Staging staging;

  private Dataset<Row> nodes;
  private Dataset<Row> excluded;
  private Dataset<Row> newlyExcluded;
  private Dataset<Row> decisions;
  private Groups groups;
  private NewEvidence evidence;
  private HubReview fallen;
  private Dataset<Row> fallenPairs;

  IdentityBatch(
      IdentityTables tables,
      IdentityRules rules,
      BatchPlan plan,
      IdentityConfig config,
      Phases phases,
      boolean dry) {
    this.phases = phases;
    this.staging =
        new Staging(tables, plan.rebuild() || plan.base(IdentityAssignmentColumns.TABLE) < 0);
    this.tables = tables;
    this.rules = rules;
    this.plan = plan;
    this.config = config;
    this.dry = dry;
    this.engine = ComponentEngines.named(config.engine());
    this.facts = new Facts(tables, rules, plan);
  }

  /** The batch's outcome, computed and kept; its edges are written unless it is dry. */
  Resolved resolve() {
    evidence = NewEvidence.read(tables, rules, plan, staging);
    decisions = staging.kept("decisions", facts.decisionsOfPersons());
    nodes =
        keep(
            "nodes",
            decisions == null
                ? evidence.nodes()
                : evidence.nodes().unionByName(facts.decidedNodes(decisions)));
    describe("sum up new evidence");
    Dataset<Row> edges = keep("evidence", evidence.edges());
    long edgeCount = edges.count();
    phases.ended("evidence");
    Dataset<Row> marked = exclude(edges, edgeCount);
    phases.ended("exclude");
    boolean fresh = plan.rebuild() || plan.base(IdentityAssignmentColumns.TABLE) < 0;
    Dataset<Row> pairs = pairs(marked);
    describe("find the groups of new evidence");
    groups = fresh ? Groups.first(pairs, engine) : touched(marked, pairs, edgeCount);
    phases.ended("group");
    if (fresh) {
      groups = new Groups(keep("roots", groups.roots()), null, null);
    }
    Dataset<Row> newEdges = newEdges(marked);
    phases.ended("write_edges");
    describe("resolve groups");
    Dataset<Row> all =
        new TouchedRows(tables, rules, plan, staging, groups, nodes, excluded, decisions)
            .rows(newEdges);
    Dataset<Row> outcome = keep("outcome", new GroupResolver(rules, plan).resolve(all));
    return new Resolved(
        outcome,
        newlyExcluded == null ? null : Exclusions.rows(newlyExcluded, plan),
        fallen == null ? null : fallen.without(base(IdentityExcludedColumns.TABLE)),
        groups.joins(),
        edgeCount,
        evidence.unusable());
  }

  /**
   * What a batch comes to.
   *
   * @param outcome see {@link Outcome}
   * @param excluded rows for {@code identity.excluded}; null for none
   * @param stillExcluded the older rows of it that stay; null for all
   * @param joins see {@link Groups#joins}
   */
  record Resolved(
      Dataset<Row> outcome,
      Dataset<Row> excluded,
      Dataset<Row> stillExcluded,
      Dataset<Row> joins,
      long edges,
      java.util.Set<String> unusable) {}

  private void describe(String what) {
    tables.spark().sparkContext().setJobDescription(what + ", batch " + plan.batch());
  }

  private Dataset<Row> keep(String name, Dataset<Row> rows) {
    return staging.keep(name, rows);
  }

  @Override
  public void close() {
    staging.close();
  }

  private Dataset<Row> base(String table) {
    return tables.at(table, plan.base(table));
  }

  /** Marks the edges that join nothing. */
  private Dataset<Row> exclude(Dataset<Row> edges, long edgeCount) {
    describe("find blocked values and hubs");
    Exclusions exclusions = new Exclusions(rules);
    Dataset<Row> checked = exclusions.refused(edges);
    Dataset<Row> found = exclusions.blocked(nodes);
    Dataset<Row> hubs = exclusions.hubs(checked.where(col("refused").isNull()), edgeCount);
    if (hubs != null) {
      found =
          found.unionByName(
              hubs.join(nodes.select("node", "g", "type", "value").distinct(), "node")
                  .select("node", "g", "type", "value", "reason", "detail"));
    }
    found =
        keep(
            "newly_excluded",
            found.withColumn("type", GroupRows.name(rules.typeNames(), col("type"))));
    newlyExcluded = found.isEmpty() ? null : found.dropDuplicates("node");
    excluded = newlyExcluded;
    Dataset<Row> known = knownExcluded();
    if (known != null && newlyExcluded != null) {
      newlyExcluded =
          newlyExcluded.join(known.select("node"), Exclusions.names("node"), "left_anti");
      excluded = known.unionByName(newlyExcluded);
    } else if (known != null) {
      excluded = known;
    }
    excluded = excluded == null ? null : keep("excluded", excluded.dropDuplicates("node"));
    if (known != null && evidence.restates()) {
      Dataset<Row> news = Exclusions.marked(checked, excluded);
      Dataset<Row> before = base(IdentityEdgeColumns.TABLE);
      fallen = HubReview.of(rules, plan.batch(), excluded, news, before, staging);
      excluded = fallen == null ? excluded : keep("still_excluded", fallen.without(excluded));
      if (excluded.isEmpty()) {
        excluded = null;
        newlyExcluded = null;
      }
    }
    return Exclusions.marked(checked, excluded);
  }

  /** What earlier batches excluded; null for nothing. */
  private Dataset<Row> knownExcluded() {
    String table = IdentityExcludedColumns.TABLE;
    if (plan.rebuild() || tables.isEmpty(table, plan.base(table))) {
      return null;
    }
    return Exclusions.known(base(table));
  }

  private Dataset<Row> pairs(Dataset<Row> marked) {
    Dataset<Row> pairs =
        marked.where(col("unused").isNull().and(col("observations").gt(0))).select("src", "dst");
    if (fallen != null) {
      fallenPairs = keep("fallen_pairs", fallen.pairs(excluded));
      pairs = pairs.unionAll(fallenPairs);
    }
    return decisions == null ? pairs : pairs.unionAll(Facts.mustLinks(decisions));
  }

  /** The groups that the batch touches, with only those identifiers that it says something of. */
  private Groups touched(Dataset<Row> marked, Dataset<Row> pairs, long edgeCount) {
    Dataset<Row> told = nodes.select("node");
    Dataset<Row> consent = facts.consentNodes(base(IdentityEdgeColumns.TABLE));
    Dataset<Row> asked = consent == null ? told : told.unionAll(consent);
    Dataset<Row> joined = null;
    if (fallenPairs != null) {
      joined = fallenPairs.select(explode(array(col("src"), col("dst"))).as("node")).distinct();
      asked = asked.unionAll(joined);
    }
    String assignments = IdentityAssignmentColumns.TABLE;
    Dataset<Row> known =
        keep(
            "known",
            Groups.known(
                tables.at(assignments, plan.base(assignments), Groups.OF_KNOWN, KeySet.of(asked))));
    Dataset<Row> news =
        nodes
            .join(staging.few(known), Exclusions.names("node"), "left")
            .where(col("exact").or(col("known").isNull()).or(col("first").lt(col("known"))));
    nodes = keep("news", news.select("node", "g", "type", "value", "first", "exact"));
    Dataset<Row> kept =
        marked.where(col("unused").isNull().or(col("unused").equalTo(Exclusions.HUB)));
    Dataset<Row> ofEdges =
        kept.select(col("src").as("node")).unionAll(kept.select(col("dst").as("node")));
    Dataset<Row> touched = nodes.select("node").unionAll(ofEdges);
    if (joined != null) {
      touched = touched.unionAll(joined);
    }
    if (consent != null) {
      touched = touched.unionAll(consent.join(known.select("node"), "node"));
    }
    if (decisions != null) {
      touched =
          touched
              .unionAll(decisions.where(col("fresh")).select(col("l").as("node")))
              .unionAll(decisions.where(col("fresh")).select(col("r").as("node")));
    }
    Dataset<Row> placed =
        touched.join(
            staging.few(known.select("node", "group_id")), Exclusions.names("node"), "left");
    if (excluded != null) {
      Dataset<Row> out = excluded.select(col("node"), lit(true).as("_out"));
      placed =
          placed
              .join(out, Exclusions.names("node"), "left")
              .where(col("_out").isNull().or(col("group_id").isNotNull()))
              .drop("_out");
    }
    String table = IdentityGroupColumns.TABLE;
    if (edgeCount <= config.smallDelta()
        && tables.bytes(table, plan.base(table)) <= MOST_BYTES_OF_GROUPS) {
      Dataset<Row> standing = tables.isEmpty(table, plan.base(table)) ? null : base(table);
      return GroupJoin.of(placed, pairs, standing, staging);
    }
    return Groups.after(placed, pairs, Groups.standing(base(table)), engine, staging);
  }

  /** The new edges as their table has them; written, unless the batch is dry. */
  private Dataset<Row> newEdges(Dataset<Row> marked) {
    Dataset<Row> anchors = groups.roots().select(col("node").as("anchor"), col("root"));
    List<String> types = rules.typeNames();
    Dataset<Row> rows =
        marked
            .join(staging.few(anchors), Exclusions.names("anchor"), "left")
            .select(
                Exclusions.graphOf(GroupRows.name(rules.ruleNames(), col("rule")))
                    .as(IdentityEdgeColumns.GRAPH),
                coalesce(col("root"), col("anchor")).as(IdentityEdgeColumns.GROUP_ID),
                col("src"),
                col("dst"),
                GroupRows.name(types, col("st")).as(IdentityEdgeColumns.SRC_TYPE),
                GroupRows.name(types, col("dt")).as(IdentityEdgeColumns.DST_TYPE),
                GroupRows.name(rules.ruleNames(), col("rule")).as(IdentityEdgeColumns.RULE),
                col("confidence"),
                timestamp_micros(col("first")).as(IdentityEdgeColumns.FIRST_SEEN),
                timestamp_micros(col("last")).as(IdentityEdgeColumns.LAST_SEEN),
                col("observations"),
                col("source"),
                col("consent"),
                col("unused"),
                col("replaces"),
                Parameter.of(plan.batch()).as(IdentityEdgeColumns.BATCH));
    if (dry) {
      return rows;
    }
    String table = IdentityEdgeColumns.TABLE;
    if (plan.rebuild()) {
      tables.overwrite(table, rows, plan.batch());
      return tables.now(table);
    }
    tables.append(table, rows, plan.batch());
    return SourceChanges.between(tables, table, plan.base(table), tables.version(table))
        .gained()
        .where(col(IdentityEdgeColumns.BATCH).equalTo(Parameter.of(plan.batch())));
  }
}
