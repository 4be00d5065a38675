package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityDecisionColumns;
import dev.tributary.schemas.contract.IdentityDropColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Brings rows of tables, each with its {@code root}, into the shape of {@link GroupRow}. */
final class GroupRows {
  /** What is asked of {@code identity.assignments} by group. */
  static final KeyedColumns OF_ASSIGNMENTS =
      new KeyedColumns(
          IdentityAssignmentColumns.GROUP_ID,
          IdentityAssignmentColumns.GRAPH,
          IdentityAssignmentColumns.NODE,
          IdentityAssignmentColumns.IDENTIFIER_TYPE,
          IdentityAssignmentColumns.IDENTIFIER_VALUE,
          IdentityAssignmentColumns.PROFILE_ID,
          IdentityAssignmentColumns.FIRST_SEEN,
          IdentityAssignmentColumns.VALID_FROM,
          IdentityAssignmentColumns.VALID_TO,
          IdentityAssignmentColumns.REPLACES,
          IdentityAssignmentColumns.BATCH);

  /** What is asked of {@code identity.edges} by group. */
  static final KeyedColumns OF_EDGES =
      new KeyedColumns(
          IdentityEdgeColumns.GROUP_ID,
          IdentityEdgeColumns.GRAPH,
          IdentityEdgeColumns.SRC,
          IdentityEdgeColumns.DST,
          IdentityEdgeColumns.RULE,
          IdentityEdgeColumns.SOURCE,
          IdentityEdgeColumns.CONSENT,
          IdentityEdgeColumns.CONFIDENCE,
          IdentityEdgeColumns.FIRST_SEEN,
          IdentityEdgeColumns.LAST_SEEN,
          IdentityEdgeColumns.OBSERVATIONS,
          IdentityEdgeColumns.UNUSED,
          IdentityEdgeColumns.REPLACES,
          IdentityEdgeColumns.BATCH);

  /** What is asked of {@code identity.drops} by group. */
  static final KeyedColumns OF_DROPS =
      new KeyedColumns(
          IdentityDropColumns.GROUP_ID,
          IdentityDropColumns.GRAPH,
          IdentityDropColumns.SRC,
          IdentityDropColumns.DST,
          IdentityDropColumns.RULE,
          IdentityDropColumns.SOURCE,
          IdentityDropColumns.CONSENT,
          IdentityDropColumns.REASON,
          IdentityDropColumns.BATCH,
          IdentityDropColumns.DROPPED);

  private final IdentityRules rules;

  GroupRows(IdentityRules rules) {
    this.rules = rules;
  }

  private static Dataset<Row> of(
      Dataset<Row> rows, int kind, Column graph, Map<String, Column> values) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : GroupRow.SCHEMA.fields()) {
      Column value =
          switch (field.name()) {
            case "root" -> col("root");
            case "kind" -> lit(kind);
            case "g" -> graph;
            default -> values.getOrDefault(field.name(), lit(null).cast(field.dataType()));
          };
      columns.add(value.as(field.name()));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The code of a graph in a column of its name. */
  static Column graphCode(Column graph) {
    return when(graph.equalTo(IdentityRules.GRAPHS.get(1)), 1).otherwise(0);
  }

  static Column name(List<String> names, Column code) {
    return element_at(lit(names.toArray(String[]::new)), code.plus(1));
  }

  Dataset<Row> assigned(Dataset<Row> rows) {
    Map<String, Column> values = new HashMap<>();
    values.put("node", col(IdentityAssignmentColumns.NODE));
    values.put("a", col(IdentityAssignmentColumns.IDENTIFIER_VALUE));
    values.put("b", col(IdentityAssignmentColumns.IDENTIFIER_TYPE));
    values.put("c", col(IdentityAssignmentColumns.PROFILE_ID));
    values.put("t1", unix_micros(col(IdentityAssignmentColumns.FIRST_SEEN)));
    values.put("t2", unix_micros(col(IdentityAssignmentColumns.VALID_FROM)));
    values.put("t3", unix_micros(col(IdentityAssignmentColumns.VALID_TO)));
    values.put("n", unix_micros(col(IdentityAssignmentColumns.REPLACES)));
    values.put("batch", col(IdentityAssignmentColumns.BATCH));
    return of(rows, GroupRow.ASSIGNED, graphCode(col(IdentityAssignmentColumns.GRAPH)), values);
  }

  /** Rows {@code root, node, g, type, value, first, exact}. */
  Dataset<Row> seen(Dataset<Row> rows) {
    Map<String, Column> values = new HashMap<>();
    values.put("node", col("node"));
    values.put("a", col("value"));
    values.put("b", name(rules.typeNames(), col("type")));
    values.put("t1", col("first"));
    values.put("flag", col("exact"));
    return of(rows, GroupRow.SEEN, col("g"), values);
  }

  /**
   * Rows of {@code identity.edges}.
   *
   * @param withdrawn ids of withdrawn consents in a column {@code consent}; null for none
   */
  Dataset<Row> edges(Dataset<Row> rows, Dataset<Row> withdrawn) {
    Dataset<Row> usable =
        rows.where(
            col(IdentityEdgeColumns.UNUSED)
                .isNull()
                .or(col(IdentityEdgeColumns.UNUSED).equalTo(Exclusions.HUB)));
    Map<String, Column> values = new HashMap<>();
    if (withdrawn != null) {
      Dataset<Row> ids = withdrawn.withColumn("_withdrawn", lit(GroupResolver.CONSENT_WITHDRAWN));
      usable = usable.join(ids, Exclusions.names("consent"), "left");
      values.put("d", col("_withdrawn"));
    }
    values.put("node", col(IdentityEdgeColumns.SRC));
    values.put("other", col(IdentityEdgeColumns.DST));
    values.put("a", col(IdentityEdgeColumns.RULE));
    values.put("b", col(IdentityEdgeColumns.SOURCE));
    values.put("c", col(IdentityEdgeColumns.CONSENT));
    values.put("x", col(IdentityEdgeColumns.CONFIDENCE));
    values.put("t1", unix_micros(col(IdentityEdgeColumns.FIRST_SEEN)));
    values.put("t2", unix_micros(col(IdentityEdgeColumns.LAST_SEEN)));
    values.put("n", col(IdentityEdgeColumns.OBSERVATIONS));
    values.put("batch", col(IdentityEdgeColumns.BATCH));
    values.put("flag", col(IdentityEdgeColumns.REPLACES));
    return of(usable, GroupRow.EDGE, graphCode(col(IdentityEdgeColumns.GRAPH)), values);
  }

  /** Rows {@code root, node, g, type (name), value, reason, detail}. */
  Dataset<Row> excluded(Dataset<Row> rows) {
    Map<String, Column> values = new HashMap<>();
    values.put("node", col("node"));
    values.put("a", col("value"));
    values.put("b", col("type"));
    values.put("c", col("reason"));
    values.put("d", col("detail"));
    return of(rows, GroupRow.EXCLUDED, col("g"), values);
  }

  /** Rows of {@code identity.decisions} with {@code l, r, fresh}. */
  Dataset<Row> decisions(Dataset<Row> rows) {
    Map<String, Column> values = new HashMap<>();
    values.put("node", col("l"));
    values.put("other", col("r"));
    values.put("a", col(IdentityDecisionColumns.KIND));
    values.put("b", col(IdentityDecisionColumns.AUTHOR));
    values.put("c", col(IdentityDecisionColumns.REASON));
    values.put("t1", unix_micros(col(IdentityDecisionColumns.AT)));
    values.put("flag", col("fresh"));
    return of(rows, GroupRow.DECISION, graphCode(col(IdentityDecisionColumns.GRAPH)), values);
  }

  Dataset<Row> dropped(Dataset<Row> rows) {
    Map<String, Column> values = new HashMap<>();
    values.put("node", col(IdentityDropColumns.SRC));
    values.put("other", col(IdentityDropColumns.DST));
    values.put("a", col(IdentityDropColumns.RULE));
    values.put("b", col(IdentityDropColumns.SOURCE));
    values.put("c", col(IdentityDropColumns.CONSENT));
    values.put("d", col(IdentityDropColumns.REASON));
    values.put("batch", col(IdentityDropColumns.BATCH));
    values.put("flag", col(IdentityDropColumns.DROPPED));
    return of(rows, GroupRow.DROPPED, graphCode(col(IdentityDropColumns.GRAPH)), values);
  }

  /** Rows {@code root, node, consent_id}. */
  Dataset<Row> withdrawn(Dataset<Row> rows) {
    return of(
        rows, GroupRow.WITHDRAWN, lit(0), Map.of("node", col("node"), "c", col("consent_id")));
  }
}
