package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.lake.LakeViews;
import dev.tributary.pipelines.lake.TableName;
import dev.tributary.schemas.contract.ActivityColumns;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityDropColumns;
import dev.tributary.schemas.contract.IdentityEdgeColumns;
import dev.tributary.schemas.contract.IdentityExcludedColumns;
import dev.tributary.schemas.contract.IdentityHouseholdColumns;
import dev.tributary.schemas.contract.IdentityProfileColumns;
import java.util.List;

/**
 * What analysts read: {@code identity.links} (identifier → profile) and {@code identity.households}
 * (profile → household), both with valid_from and valid_to, {@code identity.profiles}, {@code
 * identity.evidence}, {@code identity.dropped}, and {@code identity.activity}, the timeline with
 * the profile of each event as of now and as of when it landed.
 */
public final class IdentityViews implements LakeViews {
  private static final String PERSONS = "'person'";
  private static final String LINKS =
      """
      SELECT a.identifier_type, a.identifier_value, a.profile_id, a.valid_from,
             coalesce(a.valid_to, e.ended) AS valid_to, a.first_seen,
             a.replaces IS NULL AS is_first
      FROM spark_catalog.identity.assignments a
      LEFT JOIN (SELECT node, replaces AS began, valid_from AS ended
                 FROM spark_catalog.identity.assignments WHERE replaces IS NOT NULL) e
        ON a.node = e.node AND a.valid_from = e.began
      WHERE a.graph IN (%s) AND a.profile_id IS NOT NULL
      """;

  private static final String PROFILES =
      """
      SELECT profile_id, v.graph, v.oldest_type, v.oldest_value, v.size, v.confidence, v.density,
             v.first_seen, v.valid_from AS changed_at
      FROM (SELECT profile_id,
                   max_by(struct(graph, oldest_type, oldest_value, size, confidence, density,
                                 first_seen, valid_from), batch) AS v
            FROM spark_catalog.identity.profile_versions GROUP BY profile_id)
      WHERE v.size > 0
      """;

  private static final String HOUSEHOLDS =
      """
      SELECT household_id, profile_id, valid_from, next AS valid_to,
             count(CASE WHEN next IS NULL THEN 1 END) OVER (PARTITION BY household_id) AS size
      FROM (SELECT *, lead(valid_from) OVER (PARTITION BY profile_id ORDER BY batch) AS next
            FROM spark_catalog.identity.household_members)
      WHERE household_id IS NOT NULL
      """;

  private static final String IDENTIFIERS =
      """
      SELECT node, first(identifier_value) AS value
      FROM (SELECT node, identifier_value FROM spark_catalog.identity.assignments
            UNION ALL SELECT node, identifier_value FROM spark_catalog.identity.excluded)
      GROUP BY node
      """;

  private static final String EVIDENCE =
      """
      SELECT e.graph, e.src_type AS left_type, l.value AS left_value,
             e.dst_type AS right_type, r.value AS right_value, e.rule, e.source, e.consent,
             max(e.confidence) AS confidence, min(e.first_seen) AS first_seen,
             max(e.last_seen) AS last_seen, sum(e.observations) AS observations,
             max(e.unused) AS unused
      FROM (SELECT *, max(CASE WHEN replaces THEN batch END)
                        OVER (PARTITION BY src, dst, rule, source, consent) AS since
            FROM spark_catalog.identity.edges) e
      LEFT JOIN (%1$s) l ON e.src = l.node LEFT JOIN (%1$s) r ON e.dst = r.node
      WHERE e.since IS NULL OR e.batch > e.since OR (e.batch = e.since AND e.replaces)
      GROUP BY e.graph, e.src_type, l.value, e.dst_type, r.value, e.rule, e.source, e.consent
      HAVING sum(e.observations) > 0
      """
          .formatted(IDENTIFIERS);

  private static final String DROPPED =
      """
      SELECT d.graph, d.left_type, d.left_value, d.right_type, d.right_value, d.rule, d.source,
             d.consent, d.reason, d.detail, d.at
      FROM (SELECT max_by(struct(*), batch) AS d FROM spark_catalog.identity.drops
            GROUP BY src, dst, rule, source, consent)
      WHERE d.dropped
      """;

  private static final String ACTIVITY =
      """
      SELECT a.*, coalesce(u.profile_id, n.profile_id) AS profile_id,
             coalesce(ut.profile_id, nt.profile_id) AS profile_id_then
      FROM spark_catalog.silver.activity a
      LEFT JOIN %1$s u ON u.identifier_type = 'user_id' AND u.identifier_value = trim(a.user_id)
        AND u.valid_to IS NULL
      LEFT JOIN %1$s n ON n.identifier_type = 'anonymous_id'
        AND n.identifier_value = trim(a.anonymous_id) AND n.valid_to IS NULL
      LEFT JOIN %1$s ut ON ut.identifier_type = 'user_id'
        AND ut.identifier_value = trim(a.user_id) AND %2$s
      LEFT JOIN %1$s nt ON nt.identifier_type = 'anonymous_id'
        AND nt.identifier_value = trim(a.anonymous_id) AND %3$s
      """
          .formatted("(" + linksOf(PERSONS) + ")", then("ut"), then("nt"));

  /** For {@link java.util.ServiceLoader}. */
  public IdentityViews() {}

  /** The links of graphs, named in quotes with commas between. */
  static String linksOf(String graphs) {
    return LINKS.formatted(graphs);
  }

  private static String then(String link) {
    return "(%1$s.is_first OR %1$s.valid_from <= a.landed_at) AND (%1$s.valid_to IS NULL OR %1$s.valid_to > a.landed_at)"
        .formatted(link);
  }

  @Override
  public List<View> views() {
    String assignments = IdentityAssignmentColumns.TABLE;
    return List.of(
        view("links", linksOf(PERSONS), assignments),
        view("households", HOUSEHOLDS, IdentityHouseholdColumns.TABLE),
        view("profiles", PROFILES, IdentityProfileColumns.TABLE),
        view(
            "evidence",
            EVIDENCE,
            IdentityEdgeColumns.TABLE,
            assignments,
            IdentityExcludedColumns.TABLE),
        view("dropped", DROPPED, IdentityDropColumns.TABLE),
        view("activity", ACTIVITY, ActivityColumns.TABLE, assignments));
  }

  private static View view(String name, String sql, String... over) {
    return new View(
        new TableName("identity", name),
        List.of(over).stream().map(TableName::parse).toList(),
        sql);
  }
}
