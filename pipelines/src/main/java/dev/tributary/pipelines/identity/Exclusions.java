package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.HubRule;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.pipelines.identity.graph.Limit;
import dev.tributary.schemas.contract.IdentityExcludedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * What must not join groups, found before there are any: blocked values, and values with so many
 * neighbours that a group around them would be no group. Smaller hubs are found in their group,
 * where all their evidence is.
 */
final class Exclusions {
  static final String BLOCKED = "blocked_value";
  static final String HUB = "hub";

  /** Hubs of more neighbours than this are found before groups are made. */
  private static final int LARGE = 1_000;

  private static final int LEAST_CELLS = 1 << 12;

  private final IdentityRules rules;

  Exclusions(IdentityRules rules) {
    this.rules = rules;
  }

  /** Identifiers that are blocked: {@code node, g, type, value, reason, detail}. */
  Dataset<Row> blocked(Dataset<Row> nodes) {
    List<String> types = rules.typeNames();
    GraphRules[] graphs = {rules.person(), rules.household()};
    UserDefinedFunction why =
        udf(
            (UDF3<Integer, Integer, String, String>)
                (graph, type, value) ->
                    graphs[graph]
                        .blocks(new Identifier(types.get(type), value))
                        .map(excluded -> excluded.detail())
                        .orElse(null),
            DataTypes.StringType);
    return nodes
        .withColumn("detail", why.apply(col("g"), col("type"), col("value")))
        .where(col("detail").isNotNull())
        .select(
            col("node"),
            col("g"),
            col("type"),
            col("value"),
            lit(BLOCKED).as("reason"),
            col("detail"));
  }

  /**
   * Large hubs among edges that count: {@code node, reason, detail}. Neighbours are counted in
   * cells of many nodes first, since a shuffle of all pairs would cost more than all the rest; only
   * nodes of cells that hold enough are counted one by one.
   *
   * @param edges without those that are refused
   * @param edgeCount about how many there are
   * @return null when no cell holds enough
   */
  Dataset<Row> hubs(Dataset<Row> edges, long edgeCount) {
    if (edgeCount <= LARGE) {
      return null;
    }
    Dataset<Row> directed = directed(edges);
    long cells = Math.max(LEAST_CELLS, 8 * edgeCount / LARGE);
    Dataset<Row> full =
        directed
            .groupBy(pmod(col("node"), lit(cells)).as("cell"))
            .agg(count(lit(1)).as("pairs"))
            .where(col("pairs").gt(LARGE))
            .select("cell");
    if (full.isEmpty()) {
      return null;
    }
    Dataset<Row> degrees =
        directed
            .join(broadcast(full), pmod(col("node"), lit(cells)).equalTo(col("cell")))
            .groupBy("node", "g", "type", "neighbour_type")
            .agg(count_distinct(col("neighbour")).as("degree"));
    List<Dataset<Row>> found = new ArrayList<>();
    for (int g = 0; g < IdentityRules.GRAPHS.size(); g++) {
      for (HubRule rule : rules.graph(IdentityRules.GRAPHS.get(g)).hubs()) {
        found.add(hubs(degrees.where(col("g").equalTo(g)), rule));
      }
    }
    return found.stream()
        .reduce(Dataset::unionAll)
        .orElseGet(
            () -> degrees.limit(0).select(col("node"), lit("").as("reason"), lit("").as("detail")))
        .dropDuplicates("node");
  }

  private Dataset<Row> hubs(Dataset<Row> degrees, HubRule rule) {
    Dataset<Row> counted = degrees;
    if (!rule.type().equals(Limit.ANY)) {
      counted = counted.where(col("type").equalTo(rules.typeCode(rule.type())));
    }
    if (!rule.neighbours().equals(Limit.ANY)) {
      counted = counted.where(col("neighbour_type").equalTo(rules.typeCode(rule.neighbours())));
    }
    String words = "linked to more than %d of type %s".formatted(rule.max(), rule.neighbours());
    return counted
        .groupBy("node")
        .agg(sum("degree").as("degree"))
        .where(col("degree").gt(Math.max(rule.max(), LARGE)))
        .select(col("node"), lit(HUB).as("reason"), lit(words).as("detail"));
  }

  private Dataset<Row> directed(Dataset<Row> edges) {
    Column graph = graphOfRule();
    return edges
        .select(
            graph.as("g"),
            col("src").as("node"),
            col("st").as("type"),
            col("dst").as("neighbour"),
            col("dt").as("neighbour_type"))
        .unionAll(
            edges.select(
                graph.as("g"),
                col("dst").as("node"),
                col("dt").as("type"),
                col("src").as("neighbour"),
                col("st").as("neighbour_type")));
  }

  /** Rows of {@code identity.excluded} as {@code node, g, type (name), value, reason, detail}. */
  static Dataset<Row> known(Dataset<Row> table) {
    return table.select(
        col(IdentityExcludedColumns.NODE),
        GroupRows.graphCode(col(IdentityExcludedColumns.GRAPH)).as("g"),
        col(IdentityExcludedColumns.IDENTIFIER_TYPE).as("type"),
        col(IdentityExcludedColumns.IDENTIFIER_VALUE).as("value"),
        col(IdentityExcludedColumns.REASON),
        col(IdentityExcludedColumns.DETAIL));
  }

  /** The same the other way, as found by a batch. */
  static Dataset<Row> rows(Dataset<Row> excluded, BatchPlan plan) {
    return excluded.select(
        GroupRows.name(IdentityRules.GRAPHS, col("g")).as(IdentityExcludedColumns.GRAPH),
        col("node"),
        col("type").as(IdentityExcludedColumns.IDENTIFIER_TYPE),
        col("value").as(IdentityExcludedColumns.IDENTIFIER_VALUE),
        col("reason"),
        col("detail"),
        timestamp_micros(Parameter.of(plan.atMicros())).as(IdentityExcludedColumns.AT),
        Parameter.of(plan.batch()).as(IdentityExcludedColumns.BATCH));
  }

  /** The graph of a rule by its name. */
  static Column graphOf(Column rule) {
    return when(rule.startsWith(GraphRules.HOUSEHOLD_RULE_PREFIX), GraphRules.HOUSEHOLD)
        .otherwise(GraphRules.PERSON);
  }

  private Column graphOfRule() {
    Column graph = lit(0);
    List<String> names = rules.ruleNames();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).startsWith(GraphRules.HOUSEHOLD_RULE_PREFIX)) {
        graph = when(col("rule").equalTo(i), 1).otherwise(graph);
      }
    }
    return graph;
  }

  /** Whether any edge may be refused for what it is, not for its values. */
  private boolean mayRefuse() {
    if (!rules.models().ruleOfVersion().isEmpty()
        || !rules.person().sources().isEmpty()
        || !rules.household().sources().isEmpty()) {
      return true;
    }
    return rules.evidence().stream()
        .filter(rule -> rule.right().isPresent())
        .anyMatch(
            rule ->
                refusal(
                        rules.graph(rule.graph()),
                        rule.name(),
                        "",
                        rule.left().type(),
                        rule.right().get().type(),
                        rule.confidence())
                    != null);
  }

  /** The edges with {@code refused}: why a graph's rules do not let them count, or null. */
  Dataset<Row> refused(Dataset<Row> edges) {
    if (!mayRefuse()) {
      return edges.withColumn("refused", lit(null).cast("string"));
    }
    List<String> types = rules.typeNames();
    List<String> names = rules.ruleNames();
    GraphRules[] graphs = {rules.person(), rules.household()};
    UserDefinedFunction why =
        udf(
            (UDF6<Integer, Integer, String, Integer, Integer, Double, String>)
                (graph, rule, source, left, right, confidence) ->
                    refusal(
                        graphs[graph],
                        names.get(rule),
                        source,
                        types.get(left),
                        types.get(right),
                        confidence),
            DataTypes.StringType);
    return edges.withColumn(
        "refused",
        why.apply(
            graphOfRule(), col("rule"), col("source"), col("st"), col("dt"), col("confidence")));
  }

  private static String refusal(
      GraphRules graph, String rule, String source, String left, String right, double confidence) {
    // Values are looked at elsewhere, once each: these two are never blocked.
    Identifier one = new Identifier(left, "a value");
    Identifier other = new Identifier(right, "another value");
    return graph
        .refuses(new Edge(one, other, rule, confidence, 0, 0, 1, source, null))
        .map(drop -> drop.reason().name().toLowerCase(Locale.ROOT))
        .filter(reason -> !reason.equals(BLOCKED))
        .orElse(null);
  }

  /**
   * The edges with {@code unused}, why they join nothing, and {@code anchor}, the node whose group
   * they are kept with: one that is not excluded.
   *
   * @param excluded {@code node, reason} of all that are; null for none
   */
  static Dataset<Row> marked(Dataset<Row> edges, Dataset<Row> excluded) {
    if (excluded == null) {
      return edges
          .withColumn("unused", col("refused"))
          .withColumn("anchor", when(col("refused").isNull(), col("src")))
          .drop("refused");
    }
    Dataset<Row> ofSource = excluded.select(col("node").as("src"), col("reason").as("_s"));
    Dataset<Row> ofTarget = excluded.select(col("node").as("dst"), col("reason").as("_d"));
    Column blocked = col("_s").equalTo(BLOCKED).or(col("_d").equalTo(BLOCKED));
    Column anchor =
        when(col("refused").isNull().and(col("_s").isNull()), col("src"))
            .when(col("refused").isNull().and(col("_d").isNull()), col("dst"));
    return edges
        .join(ofSource, names("src"), "left")
        .join(ofTarget, names("dst"), "left")
        .withColumn(
            "unused",
            when(blocked, lit(BLOCKED)).otherwise(coalesce(col("refused"), col("_s"), col("_d"))))
        .withColumn("anchor", when(coalesce(blocked, lit(false)), lit(null)).otherwise(anchor))
        .drop("refused", "_s", "_d");
  }

  static scala.collection.immutable.Seq<String> names(String... names) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(names)).toSeq();
  }
}
