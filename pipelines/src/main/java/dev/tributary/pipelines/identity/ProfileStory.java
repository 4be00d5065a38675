package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;

import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.schemas.contract.IdentityAliasColumns;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityChangeColumns;
import dev.tributary.schemas.contract.IdentityProfileColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a profile is, which ids lead to it, and what happened to it. */
final class ProfileStory {
  private static final int MOST_CHANGES = 200;

  private final IdentityTables tables;
  private final Lookup lookup;

  ProfileStory(IdentityTables tables, Lookup lookup) {
    this.tables = tables;
    this.lookup = lookup;
  }

  Map<String, Object> of(String id) {
    Map<String, Object> story = new LinkedHashMap<>();
    story.put("asked", id);
    String profile = lookup.parse(id).map(this::profileOf).orElseGet(() -> lookup.profile(id));
    story.put("profile_id", profile);
    if (profile == null) {
      story.put("members", List.of());
      return story;
    }
    List<Row> versions = versions(profile);
    if (versions.isEmpty()) {
      throw IdentityErrors.unknownIdentifier(id, List.of("those of the rules"));
    }
    Row now = versions.get(versions.size() - 1);
    story.put("graph", now.getString(0));
    story.put("oldest", now.isNullAt(1) ? null : now.getString(1) + ":" + now.getString(2));
    story.put("size", now.getInt(3));
    story.put("confidence", now.isNullAt(4) ? null : now.getDouble(4));
    story.put("density", now.isNullAt(5) ? null : now.getDouble(5));
    story.put("first_seen", now.isNullAt(6) ? null : now.getTimestamp(6).toInstant().toString());
    story.put("members", lookup.members(profile));
    story.put("aliases", aliases(profile));
    story.put("history", history(profile));
    return story;
  }

  private String profileOf(Identifier identifier) {
    List<Row> found =
        tables
            .now(IdentityAssignmentColumns.TABLE)
            .where(
                col(IdentityAssignmentColumns.GRAPH)
                    .equalTo(lookup.graphOf(identifier))
                    .and(col(IdentityAssignmentColumns.IDENTIFIER_TYPE).equalTo(identifier.type()))
                    .and(
                        col(IdentityAssignmentColumns.IDENTIFIER_VALUE)
                            .equalTo(identifier.value())))
            .orderBy(col("batch").desc(), col(IdentityAssignmentColumns.VALID_FROM).desc())
            .limit(1)
            .select(IdentityAssignmentColumns.PROFILE_ID)
            .collectAsList();
    if (found.isEmpty()) {
      throw IdentityErrors.unknownIdentifier(identifier.toString(), List.of("those of the rules"));
    }
    return found.get(0).getString(0);
  }

  private List<Row> versions(String profile) {
    return tables
        .now(IdentityProfileColumns.TABLE)
        .where(col(IdentityProfileColumns.PROFILE_ID).equalTo(profile))
        .orderBy("batch")
        .select(
            "graph", "oldest_type", "oldest_value", "size", "confidence", "density", "first_seen")
        .collectAsList();
  }

  private List<String> aliases(String profile) {
    if (tables.version(IdentityAliasColumns.TABLE) < 0) {
      return List.of();
    }
    return tables
        .now(IdentityAliasColumns.TABLE)
        .groupBy(IdentityAliasColumns.OLD_ID)
        .agg(org.apache.spark.sql.functions.max_by(col("new_id"), col("batch")).as("new_id"))
        .where(col("new_id").equalTo(profile).and(col("old_id").notEqual(profile)))
        .orderBy("old_id")
        .select("old_id")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<Map<String, Object>> history(String profile) {
    List<Map<String, Object>> history = new ArrayList<>();
    if (tables.version(IdentityChangeColumns.TABLE) < 0) {
      return history;
    }
    Column concerns =
        col(IdentityChangeColumns.PROFILE_ID)
            .equalTo(profile)
            .or(col(IdentityChangeColumns.OTHER_ID).equalTo(profile));
    Dataset<Row> changes =
        tables
            .now(IdentityChangeColumns.TABLE)
            .where(concerns)
            .orderBy("batch", "kind", "profile_id", "other_id")
            .limit(MOST_CHANGES)
            .select("at", "kind", "profile_id", "other_id", "moved", "identifiers", "cause");
    for (Row row : changes.collectAsList()) {
      Map<String, Object> change = new LinkedHashMap<>();
      change.put("at", row.getTimestamp(0).toInstant().toString());
      change.put("kind", row.getString(1));
      change.put("from", row.getString(2));
      change.put("to", row.getString(3));
      change.put("moved", row.getInt(4));
      change.put("identifiers", row.getString(5));
      change.put("cause", row.getString(6));
      history.add(change);
    }
    return history;
  }
}
