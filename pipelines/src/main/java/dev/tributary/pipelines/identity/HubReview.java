package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.tributary.pipelines.identity.graph.HubRule;
import dev.tributary.pipelines.identity.graph.Limit;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Hubs that lost evidence, counted anew over all that is left: one that no rule makes a hub any
 * more joins again. Only evidence that goes lowers a degree, so nothing else needs a review.
 *
 * @param nodes {@code node}: hubs that are none any more
 * @param edges {@code src, dst}: all that links them
 */
record HubReview(Dataset<Row> nodes, Dataset<Row> edges) {
  private static final List<String> EDGE =
      List.of(
          "graph",
          "src",
          "dst",
          "src_type",
          "dst_type",
          "rule",
          "source",
          "consent",
          "observations",
          "replaces",
          "batch");

  /**
   * Reviews.
   *
   * @param excluded {@code node, reason} of those known before
   * @param news this batch's edges as {@link Exclusions#marked} leaves them
   * @param base {@code identity.edges} before the batch
   * @return null when no hub is one no more
   */
  static HubReview of(
      IdentityRules rules,
      long batch,
      Dataset<Row> excluded,
      Dataset<Row> news,
      Dataset<Row> base,
      Staging staging) {
    Dataset<Row> lost =
        news.where(col("replaces"))
            .select(explode(array(col("src"), col("dst"))).as("node"))
            .distinct();
    Dataset<Row> hubs =
        excluded.where(col("reason").equalTo(Exclusions.HUB)).select("node").distinct();
    Dataset<Row> asked =
        staging.keep("reviewed", hubs.join(lost, Exclusions.names("node"), "left_semi"));
    if (asked.isEmpty()) {
      return null;
    }
    Dataset<Row> linked = staging.keep("reviewed_edges", linked(rules, batch, asked, news, base));
    Dataset<Row> degrees =
        linked
            .groupBy("node", "graph", "type", "neighbour_type")
            .agg(count_distinct(col("neighbour")).as("degree"));
    Dataset<Row> fallen = asked;
    for (String graph : IdentityRules.GRAPHS) {
      for (HubRule rule : rules.graph(graph).hubs()) {
        fallen = fallen.join(above(degrees, graph, rule), Exclusions.names("node"), "left_anti");
      }
    }
    Dataset<Row> nodes = staging.keep("fallen_hubs", fallen);
    return nodes.isEmpty()
        ? null
        : new HubReview(
            nodes,
            linked
                .join(nodes, Exclusions.names("node"), "left_semi")
                .select(col("node").as("src"), col("neighbour").as("dst"))
                .distinct());
  }

  /** The excluded without those that are no hub any more. */
  Dataset<Row> without(Dataset<Row> excluded) {
    return excluded.join(nodes, Exclusions.names("node"), "left_anti");
  }

  /**
   * What they join again.
   *
   * @param excluded those that stay; null for none
   */
  Dataset<Row> pairs(Dataset<Row> excluded) {
    if (excluded == null) {
      return edges;
    }
    Dataset<Row> out = excluded.select(col("node").as("dst"));
    return edges.join(out, Exclusions.names("dst"), "left_anti").select("src", "dst");
  }

  private static Dataset<Row> above(Dataset<Row> degrees, String graph, HubRule rule) {
    Column counts = col("graph").equalTo(graph);
    if (!rule.type().equals(Limit.ANY)) {
      counts = counts.and(col("type").equalTo(rule.type()));
    }
    if (!rule.neighbours().equals(Limit.ANY)) {
      counts = counts.and(col("neighbour_type").equalTo(rule.neighbours()));
    }
    return degrees
        .where(counts)
        .groupBy("node")
        .agg(sum("degree").as("degree"))
        .where(col("degree").gt(rule.max()))
        .select("node");
  }

  /** What links the nodes, a row from each of them to a neighbour. */
  private static Dataset<Row> linked(
      IdentityRules rules, long batch, Dataset<Row> nodes, Dataset<Row> news, Dataset<Row> base) {
    Column usable = col("unused").isNull().or(col("unused").equalTo(Exclusions.HUB));
    Column[] columns = EDGE.stream().map(name -> col(name)).toArray(Column[]::new);
    Column rule = GroupRows.name(rules.ruleNames(), col("rule"));
    Dataset<Row> now =
        news.where(usable)
            .withColumn("graph", Exclusions.graphOf(rule))
            .withColumn("rule", rule)
            .withColumn("src_type", GroupRows.name(rules.typeNames(), col("st")))
            .withColumn("dst_type", GroupRows.name(rules.typeNames(), col("dt")))
            .withColumn("batch", lit(batch))
            .select(columns);
    Dataset<Row> all = base.where(usable).select(columns).unionByName(now);
    Dataset<Row> ends =
        end(all, "src", "dst")
            .unionByName(end(all, "dst", "src"))
            .join(nodes, Exclusions.names("node"), "left_semi");
    Column since =
        max(when(col("replaces"), col("batch")))
            .over(Window.partitionBy("node", "neighbour", "rule", "source", "consent"));
    Column counts =
        col("batch").gt(col("since")).or(col("batch").equalTo(col("since")).and(col("replaces")));
    return ends.withColumn("since", since)
        .where(coalesce(counts, lit(true)))
        .groupBy("node", "graph", "type", "neighbour", "neighbour_type")
        .agg(sum(IdentityEdgeColumns.OBSERVATIONS).as("observations"))
        .where(col("observations").gt(0));
  }

  private static Dataset<Row> end(Dataset<Row> edges, String node, String neighbour) {
    return edges
        .withColumnRenamed(node, "node")
        .withColumnRenamed(node + "_type", "type")
        .withColumnRenamed(neighbour, "neighbour")
        .withColumnRenamed(neighbour + "_type", "neighbour_type");
  }
}
