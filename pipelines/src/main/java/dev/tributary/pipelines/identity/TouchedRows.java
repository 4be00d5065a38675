package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityDropColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings together, by group, what {@link GroupResolver} resolves the touched groups from: what the
 * batch tells, and what the tables hold of these groups at the versions that the plan names.
 */
final class TouchedRows {
  private final IdentityTables tables;
  private final BatchPlan plan;
  private final Staging staging;
  private final GroupRows shape;
  private final Facts facts;
  private final Groups groups;
  private final Dataset<Row> nodes;
  private final Dataset<Row> excluded;
  private final Dataset<Row> decisions;
  private final List<Dataset<Row>> rows = new ArrayList<>();
  private Broadcast<KeySet> touched;

  /**
   * @param nodes identifiers of which the batch tells something
   * @param excluded see {@link Exclusions}; null for none
   * @param decisions see {@link Facts#decisions}; null for none
   */
  TouchedRows(
      IdentityTables tables,
      IdentityRules rules,
      BatchPlan plan,
      Staging staging,
      Groups groups,
      Dataset<Row> nodes,
      Dataset<Row> excluded,
      Dataset<Row> decisions) {
    this.tables = tables;
    this.plan = plan;
    this.staging = staging;
    this.shape = new GroupRows(rules);
    this.facts = new Facts(tables, rules, plan);
    this.groups = groups;
    this.nodes = nodes;
    this.excluded = excluded;
    this.decisions = decisions;
  }

  /**
   * The rows that the touched groups are resolved from.
   *
   * @param newEdges rows of {@code identity.edges} that the batch adds
   */
  Dataset<Row> rows(Dataset<Row> newEdges) {
    Dataset<Row> withdrawn = staging.kept("withdrawn", facts.withdrawnConsents());
    Dataset<Row> subjects = facts.withdrawnSubjects();
    boolean aside = subjects != null || decisions != null || excluded != null;
    Dataset<Row> assigned = aside ? staging.kept("assigned", assigned()) : assigned();
    Dataset<Row> edges =
        newEdges
            .where(col(IdentityEdgeColumns.GROUP_ID).isNotNull())
            .select(GroupRows.OF_EDGES.columns())
            .withColumn("root", col(IdentityEdgeColumns.GROUP_ID));
    if (groups.touched() != null) {
      edges = edges.unionByName(ofTouched(IdentityEdgeColumns.TABLE, GroupRows.OF_EDGES));
    }
    Dataset<Row> seen = rooted(nodes);
    if (excluded != null) {
      Dataset<Row> out = excluded.select("node");
      if (decisions != null) {
        out = out.join(Facts.mustLinked(decisions), Exclusions.names("node"), "left_anti");
      }
      seen = seen.join(out, Exclusions.names("node"), "left_anti");
    }
    rows.add(shape.seen(seen));
    rows.add(shape.edges(edges, withdrawn));
    if (assigned != null) {
      rows.add(shape.assigned(assigned));
    }
    Dataset<Row> drops = drops();
    if (drops != null) {
      rows.add(shape.dropped(drops));
    }
    if (aside) {
      gatherAside(members(seen, assigned), edges, subjects);
    }
    return rows.stream().reduce(Dataset::unionAll).orElseThrow();
  }

  /** Rows of what stands beside the evidence, for the groups whose members it is of. */
  private void gatherAside(Dataset<Row> members, Dataset<Row> edges, Dataset<Row> subjects) {
    if (subjects != null) {
      rows.add(shape.withdrawn(subjects.join(members, "node")));
    }
    if (decisions != null) {
      rows.add(shape.decisions(decisions.join(members.withColumnRenamed("node", "l"), "l")));
    }
    if (excluded != null) {
      rows.add(shape.excluded(besideHubs(edges, members)));
    }
  }

  private Dataset<Row> rooted(Dataset<Row> nodes) {
    return nodes
        .join(staging.few(groups.roots()), Exclusions.names("node"), "left")
        .withColumn("root", coalesce(col("root"), col("node")));
  }

  /** Rows of a table by the older groups that are touched. */
  private Dataset<Row> ofTouched(String table, KeyedColumns columns) {
    if (touched == null) {
      touched = KeySet.of(groups.touched().select("group_id"));
    }
    return tables
        .at(table, plan.base(table), columns, touched)
        .join(staging.few(groups.touched()), Exclusions.names("group_id"));
  }

  private Dataset<Row> assigned() {
    String table = IdentityAssignmentColumns.TABLE;
    if (plan.base(table) < 0) {
      return null;
    }
    return plan.rebuild() ? rooted(base(table)) : ofTouched(table, GroupRows.OF_ASSIGNMENTS);
  }

  private Dataset<Row> drops() {
    String table = IdentityDropColumns.TABLE;
    if (tables.isEmpty(table, plan.base(table))) {
      return null;
    }
    if (!plan.rebuild()) {
      return ofTouched(table, GroupRows.OF_DROPS);
    }
    return base(table)
        .join(groups.roots().withColumnRenamed("node", "src"), Exclusions.names("src"), "left")
        .withColumn("root", coalesce(col("root"), col("src")));
  }

  private static Dataset<Row> members(Dataset<Row> seen, Dataset<Row> assigned) {
    Dataset<Row> members = seen.select("node", "root");
    return (assigned == null ? members : members.unionAll(assigned.select("node", "root")))
        .distinct();
  }

  /** The excluded that are members or neighbours of members. */
  private Dataset<Row> besideHubs(Dataset<Row> edges, Dataset<Row> members) {
    Dataset<Row> ofHubs = edges.where(col("unused").equalTo(Exclusions.HUB));
    Dataset<Row> near =
        members
            .unionAll(ofHubs.select(col("src").as("node"), col("root")))
            .unionAll(ofHubs.select(col("dst").as("node"), col("root")))
            .distinct();
    return excluded.join(near, "node");
  }

  private Dataset<Row> base(String table) {
    return tables.at(table, plan.base(table));
  }
}
