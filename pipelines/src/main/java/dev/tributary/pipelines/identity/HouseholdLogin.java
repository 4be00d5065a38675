package dev.tributary.pipelines.identity;

import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;

/**
 * An identifier of a person, mostly a login.
 *
 * @param login its hash in the graph of households
 * @param node its hash in the graph of persons
 * @param group a group of the graph of persons that it is of
 * @param assigned its profile; null for none
 * @param before its profile before the batch; null for none
 * @param withdrawn whether the data subject that it is withdrew
 */
record HouseholdLogin(
    long login, long node, long group, String assigned, String before, boolean withdrawn) {
  /** What is asked of {@code identity.assignments} by node. */
  static final KeyedColumns BY_NODE =
      by(IdentityAssignmentColumns.NODE, IdentityAssignmentColumns.GROUP_ID);

  /** And by group. */
  static final KeyedColumns BY_GROUP =
      by(IdentityAssignmentColumns.GROUP_ID, IdentityAssignmentColumns.NODE);

  private static KeyedColumns by(String key, String other) {
    return new KeyedColumns(
        key,
        other,
        IdentityAssignmentColumns.GRAPH,
        IdentityAssignmentColumns.IDENTIFIER_TYPE,
        IdentityAssignmentColumns.IDENTIFIER_VALUE,
        IdentityAssignmentColumns.PROFILE_ID,
        IdentityAssignmentColumns.VALID_FROM,
        IdentityAssignmentColumns.VALID_TO,
        IdentityAssignmentColumns.BATCH);
  }

  /** The person that evidence of this login counts for; null for nobody. */
  String profile() {
    return withdrawn ? null : assigned;
  }

  /**
   * The logins that rows of {@code identity.assignments} are of.
   *
   * @param rows {@code node, group, login, profile, valid from, whether it ended, batch}
   * @param batch the batch at work
   * @param withdrawn finds those of some nodes that withdrew
   */
  static List<HouseholdLogin> of(List<Row> rows, long batch, UnaryOperator<Set<Long>> withdrawn) {
    Map<Long, Row> now = new HashMap<>();
    Map<Long, Row> before = new HashMap<>();
    for (Row row : rows) {
      now.merge(row.getLong(0), row, HouseholdLogin::newer);
      if (row.getLong(6) < batch) {
        before.merge(row.getLong(0), row, HouseholdLogin::newer);
      }
    }
    Set<Long> gone = withdrawn.apply(now.keySet());
    List<HouseholdLogin> logins = new ArrayList<>(now.size());
    now.forEach(
        (node, row) ->
            logins.add(
                new HouseholdLogin(
                    row.getLong(2),
                    node,
                    row.getLong(1),
                    profile(row),
                    profile(before.get(node)),
                    gone.contains(node))));
    return logins;
  }

  private static Row newer(Row one, Row other) {
    boolean later =
        one.getLong(6) != other.getLong(6)
            ? one.getLong(6) > other.getLong(6)
            : one.getLong(4) > other.getLong(4);
    return later ? one : other;
  }

  private static String profile(Row row) {
    return row == null || row.getBoolean(5) ? null : row.getString(3);
  }
}
