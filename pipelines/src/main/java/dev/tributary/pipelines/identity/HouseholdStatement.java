package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import dev.tributary.schemas.contract.IdentityEdgeColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A row of evidence: a login of a person, and what it says is shared. Both are hashes of the graph
 * of households; times are microseconds since 1970 UTC.
 *
 * @param replaces whether it says all there is, instead of what was said before
 */
record HouseholdStatement(
    long login,
    long shared,
    String sharedType,
    String rule,
    String source,
    String consent,
    double confidence,
    long first,
    long last,
    long observations,
    boolean replaces,
    long batch) {
  /** What is asked of {@code identity.edges} by one end. */
  static final KeyedColumns BY_SOURCE = by(IdentityEdgeColumns.SRC, IdentityEdgeColumns.DST);

  /** And by the other. */
  static final KeyedColumns BY_TARGET = by(IdentityEdgeColumns.DST, IdentityEdgeColumns.SRC);

  private static KeyedColumns by(String key, String other) {
    return new KeyedColumns(
        key,
        other,
        IdentityEdgeColumns.GRAPH,
        IdentityEdgeColumns.SRC_TYPE,
        IdentityEdgeColumns.DST_TYPE,
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
  }

  /** What is read of rows of {@code identity.edges}. */
  static Dataset<Row> columns(Dataset<Row> edges, IdentityRules rules) {
    return edges
        .where(Households.counts())
        .select(
            col("src"),
            col("dst"),
            col(IdentityEdgeColumns.SRC_TYPE),
            col(IdentityEdgeColumns.DST_TYPE),
            Households.leftIs(rules, "src"),
            Households.leftIs(rules, "dst"),
            col("rule"),
            col("source"),
            col("consent"),
            col("confidence"),
            unix_micros(col(IdentityEdgeColumns.FIRST_SEEN)),
            unix_micros(col(IdentityEdgeColumns.LAST_SEEN)),
            col("observations"),
            col("replaces"),
            col("batch"));
  }

  /** What rows say: once for each end that is a login by the rule. */
  static List<HouseholdStatement> of(List<Row> rows) {
    List<HouseholdStatement> statements = new ArrayList<>();
    for (Row row : rows) {
      if (row.getBoolean(4)) {
        statements.add(of(row, 0, 1));
      }
      if (row.getBoolean(5)) {
        statements.add(of(row, 1, 0));
      }
    }
    return statements;
  }

  private static HouseholdStatement of(Row row, int login, int shared) {
    return new HouseholdStatement(
        row.getLong(login),
        row.getLong(shared),
        row.getString(2 + shared),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getDouble(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getBoolean(13),
        row.getLong(14));
  }
}
