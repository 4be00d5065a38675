package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.schemas.contract.ConsentColumns;
import dev.tributary.schemas.contract.IdentityDecisionColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decisions and consents: facts beside the evidence, few beside it, each null when there are none.
 */
final class Facts {
  private final IdentityTables tables;
  private final IdentityRules rules;
  private final BatchPlan plan;

  Facts(IdentityTables tables, IdentityRules rules, BatchPlan plan) {
    this.tables = tables;
    this.rules = rules;
    this.plan = plan;
  }

  private Dataset<Row> all(String table) {
    long until = plan.source(table).until();
    return until < 0 ? null : tables.at(table, until);
  }

  private Dataset<Row> gained(String table) {
    BatchPlan.Range range = plan.source(table);
    return range.isEmpty()
        ? null
        : SourceChanges.between(tables, table, range.from(), range.until()).gained();
  }

  /**
   * All decisions with node ids {@code l} and {@code r}, and {@code fresh}: since the last batch.
   * Those of households are between persons and what these share: see {@link HouseholdDecisions}.
   */
  Dataset<Row> decisions() {
    Dataset<Row> all = all(IdentityDecisionColumns.TABLE);
    if (all == null) {
      return null;
    }
    Dataset<Row> keyed = keyed(all).dropDuplicates(IdentityDecisionColumns.DECISION_ID);
    Dataset<Row> gained = gained(IdentityDecisionColumns.TABLE);
    if (gained == null) {
      return keyed.withColumn("fresh", lit(false));
    }
    Dataset<Row> ids =
        gained.select(IdentityDecisionColumns.DECISION_ID).distinct().withColumn("_new", lit(true));
    return keyed
        .join(ids, Exclusions.names(IdentityDecisionColumns.DECISION_ID), "left")
        .withColumn("fresh", coalesce(col("_new"), lit(false)));
  }

  /** The same of the graph of persons. */
  Dataset<Row> decisionsOfPersons() {
    Dataset<Row> all = decisions();
    return all == null
        ? null
        : all.where(col(IdentityDecisionColumns.GRAPH).equalTo(GraphRules.PERSON));
  }

  private Dataset<Row> keyed(Dataset<Row> decisions) {
    Column left = normal(IdentityDecisionColumns.LEFT_TYPE, IdentityDecisionColumns.LEFT_VALUE);
    Column right = normal(IdentityDecisionColumns.RIGHT_TYPE, IdentityDecisionColumns.RIGHT_VALUE);
    Column graph = col(IdentityDecisionColumns.GRAPH);
    return decisions
        .withColumn(IdentityDecisionColumns.LEFT_VALUE, left)
        .withColumn(IdentityDecisionColumns.RIGHT_VALUE, right)
        .withColumn(
            "l",
            NodeIds.of(
                graph,
                col(IdentityDecisionColumns.LEFT_TYPE),
                col(IdentityDecisionColumns.LEFT_VALUE)))
        .withColumn(
            "r",
            NodeIds.of(
                graph,
                col(IdentityDecisionColumns.RIGHT_TYPE),
                col(IdentityDecisionColumns.RIGHT_VALUE)));
  }

  /** The value of a column in the one spelling of its type, which is in another. */
  private Column normal(String type, String value) {
    Column normal = col(value);
    for (Map.Entry<String, Normalization> known : rules.types().entrySet()) {
      normal =
          when(
                  col(type).equalTo(known.getKey()),
                  coalesce(known.getValue().of(col(value), rules.phoneCountry()), col(value)))
              .otherwise(normal);
    }
    return normal;
  }

  /** Identifiers of fresh decisions: {@code node, g, type, value, first, exact}. */
  Dataset<Row> decidedNodes(Dataset<Row> decisions) {
    Dataset<Row> fresh = decisions.where(col("fresh"));
    return side(fresh, "l", IdentityDecisionColumns.LEFT_TYPE, IdentityDecisionColumns.LEFT_VALUE)
        .unionAll(
            side(
                fresh,
                "r",
                IdentityDecisionColumns.RIGHT_TYPE,
                IdentityDecisionColumns.RIGHT_VALUE));
  }

  private Dataset<Row> side(Dataset<Row> decisions, String node, String type, String value) {
    Column types = lit(rules.typeNames().toArray(String[]::new));
    return decisions
        .select(
            col(node).as("node"),
            GroupRows.graphCode(col(IdentityDecisionColumns.GRAPH)).as("g"),
            array_position(types, col(type)).cast("int").minus(1).as("type"),
            col(value).as("value"),
            unix_micros(col(IdentityDecisionColumns.AT)).as("first"),
            lit(false).as("exact"))
        .where(col("type").geq(0));
  }

  /** Pairs that fresh must-links put into one group. */
  static Dataset<Row> mustLinks(Dataset<Row> decisions) {
    return decisions
        .where(col("fresh").and(col(IdentityDecisionColumns.KIND).equalTo("must_link")))
        .select(col("l").as("src"), col("r").as("dst"));
  }

  /** Identifiers that a must-link ties to another, hub or not: {@code node}. */
  static Dataset<Row> mustLinked(Dataset<Row> decisions) {
    Dataset<Row> musts = decisions.where(col(IdentityDecisionColumns.KIND).equalTo("must_link"));
    return musts.select(col("l").as("node")).unionAll(musts.select(col("r").as("node"))).distinct();
  }

  /** Data subjects who have withdrawn, by their newest word: {@code node, consent_id}. */
  Dataset<Row> withdrawnSubjects() {
    Dataset<Row> all = all(ConsentColumns.TABLE);
    if (all == null) {
      return null;
    }
    return newest(subjects(all.where(col(ConsentColumns.PURPOSE).equalTo(rules.purpose()))), "node")
        .where(col("status").equalTo("withdrawn"))
        .select("node", "consent_id");
  }

  /** Consents that are withdrawn, by their newest word: {@code consent}. */
  Dataset<Row> withdrawnConsents() {
    Dataset<Row> all = all(ConsentColumns.TABLE);
    if (all == null) {
      return null;
    }
    return newest(all, ConsentColumns.CONSENT_ID)
        .where(col("status").equalTo("withdrawn"))
        .select(col(ConsentColumns.CONSENT_ID).as("consent"));
  }

  /** Of words of one instant the withdrawal holds. */
  private static Dataset<Row> newest(Dataset<Row> consents, String key) {
    Column status = col(ConsentColumns.STATUS);
    Column order = struct(col(ConsentColumns.AT), status.equalTo("withdrawn"));
    return consents
        .withColumn("_id", col(ConsentColumns.CONSENT_ID))
        .groupBy(key)
        .agg(
            max_by(status, order).as("status"),
            max_by(col("_id"), struct(order, col("_id"))).as("_consent"))
        .withColumn("consent_id", col("_consent"));
  }

  private Dataset<Row> subjects(Dataset<Row> consents) {
    Column subject = col(ConsentColumns.SUBJECT);
    Dataset<Row> split =
        consents
            .withColumn("_type", substring_index(subject, ":", 1))
            .withColumn(
                "_value", org.apache.spark.sql.functions.regexp_replace(subject, "^[^:]*:", ""));
    return split.withColumn(
        "node", NodeIds.of(GraphRules.PERSON, col("_type"), normal("_type", "_value")));
  }

  /** Consents of which there is news: {@code consent}; null for none. */
  Dataset<Row> freshConsents() {
    Dataset<Row> gained = gained(ConsentColumns.TABLE);
    return gained == null
        ? null
        : gained.select(col(ConsentColumns.CONSENT_ID).as("consent")).distinct();
  }

  /** Data subjects of whose consent there is news: {@code node}; null for none. */
  Dataset<Row> freshSubjects() {
    Dataset<Row> gained = gained(ConsentColumns.TABLE);
    return gained == null ? null : subjects(gained).select("node");
  }

  /** Identifiers whose evidence the news of consent concern; null for none. */
  Dataset<Row> consentNodes(Dataset<Row> edges) {
    Dataset<Row> subjects = freshSubjects();
    return subjects == null
        ? null
        : subjects
            .unionAll(
                edges
                    .where(col(IdentityEdgeColumns.CONSENT).isNotNull())
                    .join(freshConsents(), "consent")
                    .select(col(IdentityEdgeColumns.SRC).as("node")))
            .distinct();
  }
}
