package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.tributary.pipelines.identity.components.ComponentEngine;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityGroupColumns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which groups a batch touches, and how it joins them. A group is what evidence ever connected: it
 * only grows, and may hold several true components, which resolution tells apart; so new evidence
 * needs no look at old edges to find its group, only at the group of its identifiers.
 *
 * @param roots {@code node, root}: the group of each touched identifier after the batch
 * @param touched {@code group_id, root}: each older group that is part of a touched one; null when
 *     there are none
 * @param joins {@code group_id, root}: what {@code identity.groups} gains; null for nothing
 */
record Groups(Dataset<Row> roots, Dataset<Row> touched, Dataset<Row> joins) {
  /** Groups where there were none: connected components. */
  static Groups first(Dataset<Row> pairs, ComponentEngine engine) {
    Dataset<Row> components = engine.components(pairs.select("src", "dst"));
    return new Groups(
        components.select(col("id").as("node"), col("component").as("root")), null, null);
  }

  /** What {@link #known} asks of {@code identity.assignments}. */
  static final KeyedColumns OF_KNOWN =
      new KeyedColumns(
          IdentityAssignmentColumns.NODE,
          List.of(
              IdentityAssignmentColumns.GROUP_ID,
              IdentityAssignmentColumns.BATCH,
              IdentityAssignmentColumns.FIRST_SEEN),
          List.of(IdentityAssignmentColumns.PROFILE_ID));

  /**
   * Group and first time of identifiers: {@code node, group_id, known}; the time is null for one
   * that stands for nobody any more.
   *
   * @param assignments rows of {@code identity.assignments} of these identifiers
   */
  static Dataset<Row> known(Dataset<Row> assignments) {
    Column gone = col(IdentityAssignmentColumns.PROFILE_ID).isNull();
    Column first = unix_micros(col(IdentityAssignmentColumns.FIRST_SEEN));
    // A batch says one thing of an identifier, so of its two rows of one batch that it is gone.
    Column newest =
        struct(col("batch"), gone.as("gone"), when(gone, null).otherwise(first).as("first"));
    return assignments
        .groupBy(IdentityAssignmentColumns.NODE)
        .agg(
            max(IdentityAssignmentColumns.GROUP_ID).as("group_id"),
            max(newest).getField("first").as("known"));
  }

  /** What each group is part of now: {@code group_id, root}. */
  static Dataset<Row> standing(Dataset<Row> groups) {
    return groups
        .groupBy(IdentityGroupColumns.GROUP_ID)
        .agg(max_by(col(IdentityGroupColumns.ROOT), col(IdentityGroupColumns.BATCH)).as("root"));
  }

  /**
   * Groups after new pairs.
   *
   * @param nodes {@code node, group_id}: touched identifiers, with their group where they have one
   * @param standing see {@link #standing}
   */
  static Groups after(
      Dataset<Row> nodes,
      Dataset<Row> pairs,
      Dataset<Row> standing,
      ComponentEngine engine,
      Staging staging) {
    Dataset<Row> vertices =
        staging.keep(
            "vertices",
            nodes
                .distinct()
                .join(standing, Exclusions.names("group_id"), "left")
                .select(
                    col("node"),
                    coalesce(col("root"), col("group_id"), col("node")).as("v"),
                    col("group_id").isNotNull().as("old")));
    Dataset<Row> edges =
        pairs
            .select("src", "dst")
            .join(staging.few(vertices.select(col("node").as("src"), col("v").as("a"))), "src")
            .join(staging.few(vertices.select(col("node").as("dst"), col("v").as("b"))), "dst")
            .select(col("a").as("src"), col("b").as("dst"))
            .where(col("src").notEqual(col("dst")));
    Dataset<Row> components = engine.components(edges.distinct());
    Dataset<Row> placed =
        vertices
            .select("v", "old")
            .distinct()
            .join(
                staging.few(components.select(col("id").as("v"), col("component"))),
                Exclusions.names("v"),
                "left")
            .withColumn("component", coalesce(col("component"), col("v")));
    Dataset<Row> roots =
        placed
            .groupBy("component")
            .agg(coalesce(min(when(col("old"), col("v"))), min("v")).as("root"));
    Dataset<Row> moved =
        staging.keep(
            "moved",
            placed
                .join(staging.few(roots), Exclusions.names("component"))
                .select("v", "old", "root"));
    Dataset<Row> oldRoots = moved.where(col("old")).select(col("v").as("group_id"), col("root"));
    Dataset<Row> parts =
        standing
            .select(col("group_id"), col("root").as("was"))
            .join(staging.few(oldRoots.select(col("group_id").as("was"), col("root"))), "was")
            .select("group_id", "was", "root");
    Dataset<Row> touched =
        staging.keep("touched", oldRoots.unionAll(parts.select("group_id", "root")));
    Dataset<Row> joins =
        oldRoots
            .where(col("group_id").notEqual(col("root")))
            .unionAll(parts.where(col("was").notEqual(col("root"))).select("group_id", "root"));
    return new Groups(
        staging.keep(
            "roots",
            vertices
                .join(staging.few(moved.select(col("v"), col("root")).distinct()), "v")
                .select(col("node"), col("root"))),
        touched,
        joins);
  }
}
