package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import dev.tributary.schemas.contract.IdentityExcludedColumns;
import dev.tributary.schemas.contract.IdentityGroupColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Finds few rows of the tables that households are made of: by key, so that only the pages of files
 * that hold them are read. What it has found is counted; see {@link #isTooMuch}.
 */
final class HouseholdLookup {
  /** Rows that one process should look at, of a few hundred bytes each. */
  static final int MANY = 500_000;

  /** Rows of a partition that are never too many, and how many times its share it may have. */
  private static final int MANY_IN_A_PART = 10_000;

  private static final long UNEVEN = 4;

  private static final KeyedColumns VALUES =
      new KeyedColumns(
          IdentityAssignmentColumns.NODE,
          IdentityAssignmentColumns.GRAPH,
          IdentityAssignmentColumns.IDENTIFIER_TYPE,
          IdentityAssignmentColumns.IDENTIFIER_VALUE);
  private static final KeyedColumns PARTS =
      new KeyedColumns(IdentityGroupColumns.GROUP_ID, IdentityGroupColumns.ROOT);
  private static final KeyedColumns WHOLES =
      new KeyedColumns(IdentityGroupColumns.ROOT, IdentityGroupColumns.GROUP_ID);

  private final IdentityTables tables;
  private final IdentityRules rules;
  private final BatchPlan plan;
  private final Facts facts;
  private final int most;
  private final Map<String, Long> versions = new HashMap<>();
  private Optional<Dataset<Row>> withdrawn;
  private Optional<Dataset<Row>> subjects;
  private long found;
  private boolean cut;

  /**
   * @param most rows that it may find
   */
  HouseholdLookup(
      IdentityTables tables, IdentityRules rules, BatchPlan plan, Facts facts, int most) {
    this.most = most;
    this.tables = tables;
    this.rules = rules;
    this.plan = plan;
    this.facts = facts;
  }

  /**
   * Whether more has been found than should be in one process; what was found may lack rows, and no
   * more is looked for.
   */
  boolean isTooMuch() {
    return cut || found > most;
  }

  // --- what the batch brought

  /** Evidence of the batch. */
  List<HouseholdStatement> news() {
    String table = IdentityEdgeColumns.TABLE;
    return isUnchanged(table) ? List.of() : statements(gained(table));
  }

  /** Evidence that rests on consents of which the batch has news. */
  List<HouseholdStatement> ofNewsOfConsent() {
    Dataset<Row> consents = facts.freshConsents();
    return consents == null
        ? List.of()
        : statements(
            tables
                .now(IdentityEdgeColumns.TABLE)
                .where(col(IdentityEdgeColumns.CONSENT).isNotNull())
                .join(broadcast(consents), Exclusions.names("consent"), "left_semi"));
  }

  /** Data subjects of whose consent the batch has news, as nodes of the graph of persons. */
  Set<Long> newsOfSubjects() {
    Dataset<Row> subjects = facts.freshSubjects();
    return subjects == null ? Set.of() : numbers(subjects.select("node"));
  }

  /**
   * Identifiers of which the batch says something: node of the graph of persons → hash in the graph
   * of households.
   *
   * @param types of the identifiers
   */
  Map<Long, Long> changed(Set<String> types) {
    String table = IdentityAssignmentColumns.TABLE;
    Map<Long, Long> changed = new HashMap<>();
    if (!isUnchanged(table)) {
      Dataset<Row> rows =
          ofPersons(gained(table))
              .where(col(IdentityAssignmentColumns.IDENTIFIER_TYPE).isin(types.toArray()))
              .select(col(IdentityAssignmentColumns.NODE), hash(GraphRules.HOUSEHOLD));
      few(rows).forEach(row -> changed.put(row.getLong(0), row.getLong(1)));
    }
    return changed;
  }

  /** A table's version as it was when it was first asked for; the batch has written it by then. */
  private long version(String table) {
    return versions.computeIfAbsent(table, tables::version);
  }

  private boolean isUnchanged(String table) {
    return version(table) == plan.base(table);
  }

  private Dataset<Row> gained(String table) {
    return SourceChanges.between(tables, table, plan.base(table), version(table))
        .gained()
        .where(col("batch").equalTo(Parameter.of(plan.batch())));
  }

  // --- by key

  /** All evidence that has one of these at either end. */
  List<HouseholdStatement> statements(Set<Long> ends) {
    Broadcast<KeySet> keys = keys(ends);
    return statements(
        at(IdentityEdgeColumns.TABLE, HouseholdStatement.BY_SOURCE, keys)
            .unionByName(at(IdentityEdgeColumns.TABLE, HouseholdStatement.BY_TARGET, keys)));
  }

  private List<HouseholdStatement> statements(Dataset<Row> edges) {
    return HouseholdStatement.of(few(HouseholdStatement.columns(edges, rules)));
  }

  /** The nodes of the graph of persons that logins of the graph of households are. */
  Set<Long> nodes(Set<Long> logins) {
    return logins.isEmpty() ? Set.of() : numbers(values(logins).select(hash(GraphRules.PERSON)));
  }

  /** Type and value of nodes of the graph of households, also of hubs, which have no assignment. */
  private Dataset<Row> values(Set<Long> hashes) {
    Broadcast<KeySet> keys = keys(hashes);
    String hubs = IdentityExcludedColumns.TABLE;
    Dataset<Row> rows = at(IdentityAssignmentColumns.TABLE, VALUES, keys);
    if (!tables.isEmpty(hubs, version(hubs))) {
      rows = rows.unionByName(at(hubs, VALUES, keys));
    }
    return rows.where(col(IdentityAssignmentColumns.GRAPH).equalTo(GraphRules.HOUSEHOLD));
  }

  /** The identifiers behind hashes of the graph of households. */
  Map<Long, Identifier> identifiers(Set<Long> hashes) {
    Map<Long, Identifier> identifiers = new HashMap<>();
    if (!hashes.isEmpty()) {
      Dataset<Row> rows =
          values(hashes)
              .select(
                  col(IdentityAssignmentColumns.NODE),
                  col(IdentityAssignmentColumns.IDENTIFIER_TYPE),
                  col(IdentityAssignmentColumns.IDENTIFIER_VALUE));
      few(rows)
          .forEach(
              row ->
                  identifiers.put(
                      row.getLong(0), new Identifier(row.getString(1), row.getString(2))));
    }
    return identifiers;
  }

  /** Identifiers of persons by their nodes. */
  List<HouseholdLogin> ofNodes(Set<Long> nodes) {
    return nodes.isEmpty()
        ? List.of()
        : logins(at(IdentityAssignmentColumns.TABLE, HouseholdLogin.BY_NODE, keys(nodes)));
  }

  /** Those identifiers that are logins of the groups, and of all groups that these are part of. */
  List<HouseholdLogin> ofGroups(Set<Long> groups) {
    return groups.isEmpty()
        ? List.of()
        : logins(
            at(IdentityAssignmentColumns.TABLE, HouseholdLogin.BY_GROUP, keys(whole(groups)))
                .where(
                    col(IdentityAssignmentColumns.IDENTIFIER_TYPE)
                        .isin(Households.loginTypes(rules).toArray())));
  }

  /** Once joined, groups are one for ever, so each row on them counts, however old. */
  private Set<Long> whole(Set<Long> groups) {
    Set<Long> all = new HashSet<>(groups);
    Set<Long> ask = groups;
    String table = IdentityGroupColumns.TABLE;
    while (!ask.isEmpty() && !tables.isEmpty(table, version(table))) {
      Broadcast<KeySet> keys = keys(ask);
      Set<Long> more = new HashSet<>();
      for (Row row : few(at(table, PARTS, keys).unionByName(at(table, WHOLES, keys)))) {
        more.add(row.getLong(0));
        more.add(row.getLong(1));
      }
      more.removeAll(all);
      all.addAll(more);
      ask = more;
    }
    return all;
  }

  private List<HouseholdLogin> logins(Dataset<Row> assignments) {
    Dataset<Row> rows =
        ofPersons(assignments)
            .select(
                col(IdentityAssignmentColumns.NODE),
                col(IdentityAssignmentColumns.GROUP_ID),
                hash(GraphRules.HOUSEHOLD),
                col(IdentityAssignmentColumns.PROFILE_ID),
                unix_micros(col(IdentityAssignmentColumns.VALID_FROM)),
                col(IdentityAssignmentColumns.VALID_TO).isNotNull(),
                col("batch"));
    return HouseholdLogin.of(few(rows), plan.batch(), this::withdrawnSubjects);
  }

  private static Dataset<Row> ofPersons(Dataset<Row> assignments) {
    return assignments.where(col(IdentityAssignmentColumns.GRAPH).equalTo(GraphRules.PERSON));
  }

  private static Column hash(String graph) {
    return NodeIds.of(
        graph,
        col(IdentityAssignmentColumns.IDENTIFIER_TYPE),
        col(IdentityAssignmentColumns.IDENTIFIER_VALUE));
  }

  // --- consents

  /** Those of the consents that are withdrawn. */
  Set<String> withdrawn(Set<String> consents) {
    if (withdrawn == null && !consents.isEmpty()) {
      withdrawn = staged(facts.withdrawnConsents());
    }
    return among(withdrawn, consents, Encoders.STRING());
  }

  private Set<Long> withdrawnSubjects(Set<Long> nodes) {
    if (subjects == null && !nodes.isEmpty()) {
      subjects = staged(facts.withdrawnSubjects());
    }
    return among(subjects, nodes, Encoders.LONG());
  }

  /** Those that withdrew, worked out once; none where nobody did. */
  private static Optional<Dataset<Row>> staged(Dataset<Row> orNull) {
    return Optional.ofNullable(orNull)
        .map(rows -> rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK()))
        .filter(rows -> !rows.isEmpty());
  }

  /** Those of some values that the first column of rows has. */
  private <T> Set<T> among(Optional<Dataset<Row>> rows, Set<T> values, Encoder<T> as) {
    Set<T> found = new HashSet<>();
    if (!values.isEmpty() && rows.isPresent()) {
      String key = rows.get().columns()[0];
      Dataset<Row> asked = tables.spark().createDataset(List.copyOf(values), as).toDF(key);
      few(rows.get().join(broadcast(asked), Exclusions.names(key), "left_semi"))
          .forEach(row -> found.add(row.getAs(0)));
    }
    return found;
  }

  // --- rows

  private Dataset<Row> at(String table, KeyedColumns columns, Broadcast<KeySet> keys) {
    return tables.at(table, version(table), columns, keys);
  }

  private Broadcast<KeySet> keys(Set<Long> keys) {
    return JavaSparkContext.fromSparkContext(tables.spark().sparkContext())
        .broadcast(new KeySet(keys.stream().mapToLong(Long::longValue).toArray()));
  }

  private Set<Long> numbers(Dataset<Row> column) {
    Set<Long> numbers = new HashSet<>();
    few(column).forEach(row -> numbers.add(row.getLong(0)));
    return numbers;
  }

  /** The rows, or some of them where they are too many. */
  private List<Row> few(Dataset<Row> rows) {
    List<Row> few = new ArrayList<>();
    if (!isTooMuch()) {
      JavaRDD<Row> parts = rows.toJavaRDD();
      long evenly = UNEVEN * (most - found) / Math.max(1, parts.getNumPartitions());
      long enough = Math.min(most - found, Math.max(MANY_IN_A_PART, evenly));
      parts
          .mapPartitions(part -> List.of(first(part, enough)).iterator())
          .collect()
          .forEach(
              part -> {
                few.addAll(part);
                cut |= part.size() > enough;
              });
      found += few.size();
    }
    return few;
  }

  /** No more of a partition than tells that there is too much. */
  private static List<Row> first(Iterator<Row> rows, long enough) {
    List<Row> first = new ArrayList<>();
    while (first.size() <= enough && rows.hasNext()) {
      first.add(rows.next());
    }
    return first;
  }
}
