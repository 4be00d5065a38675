package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.schemas.contract.IdentityDecisionColumns;
import dev.tributary.schemas.contract.TableContracts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes decisions to {@code identity.decisions}: facts, which the next run of the job takes in.
 */
public final class DecisionBook {
  private final IdentityTables tables;
  private final Lookup lookup;

  DecisionBook(IdentityTables tables, Lookup lookup) {
    this.tables = tables;
    this.lookup = lookup;
  }

  /**
   * Decides that two are one, or that they are not. Of what persons share, e.g. an address, the
   * decision is one of households, see {@link #decideOfHousehold}.
   *
   * @param one {@code type:value}, or a profile id for its oldest identifier
   * @return what was written
   * @throws dev.tributary.pipelines.job.JobException exit code 2 for a must-link of a value that
   *     stands for nobody: blocked, or shared by too many
   */
  public Map<String, Object> decide(
      Decision.Kind kind, String one, String other, String author, String reason, Instant at) {
    Decision decision = decision(kind, one, other, author, reason, at);
    if (lookup.isOnlyShared(decision.left()) || lookup.isOnlyShared(decision.right())) {
      return ofHousehold(decision);
    }
    if (kind == Decision.Kind.MUST_LINK) {
      standsForSomebody(GraphRules.PERSON, decision.left());
      standsForSomebody(GraphRules.PERSON, decision.right());
    }
    return write(GraphRules.PERSON, List.of(decision)).get(0);
  }

  /**
   * Decides that two are of one household, or are not: two persons, or a person and what persons
   * share. Of a person any identifier or the profile will do: the decision is of whoever it stands
   * for.
   *
   * @param one {@code type:value}, or a profile id for its oldest identifier
   * @return what was written
   * @throws dev.tributary.pipelines.job.JobException exit code 2 for one that is unknown, and for a
   *     must-link of what is blocked or a building
   */
  public Map<String, Object> decideOfHousehold(
      Decision.Kind kind, String one, String other, String author, String reason, Instant at) {
    return ofHousehold(decision(kind, one, other, author, reason, at));
  }

  private Decision decision(
      Decision.Kind kind, String one, String other, String author, String reason, Instant at) {
    signed(author, reason);
    Identifier left = lookup.identifier(one);
    Identifier right = lookup.identifier(other);
    if (left.equals(right)) {
      throw IdentityErrors.sameIdentifier(left.toString());
    }
    return new Decision(kind, left, right, author, reason, micros(at));
  }

  private Map<String, Object> ofHousehold(Decision decision) {
    if (lookup.sharedTypes().isEmpty()) {
      throw IdentityErrors.noHouseholds();
    }
    if (lookup.isShared(decision.left()) && lookup.isShared(decision.right())) {
      throw IdentityErrors.nobodyOfHousehold(
          decision.left().toString(), decision.right().toString());
    }
    boolean must = decision.kind() == Decision.Kind.MUST_LINK;
    for (Identifier end : List.of(decision.left(), decision.right())) {
      boolean shared = lookup.isShared(end);
      String graph = shared ? GraphRules.HOUSEHOLD : GraphRules.PERSON;
      if (must) {
        standsForSomebody(graph, end);
      }
      if (!lookup.isKnown(graph, end)) {
        throw IdentityErrors.ofNoHousehold(end.toString(), lookup.sharedTypes());
      }
      if (must && shared && lookup.isBuilding(end)) {
        throw IdentityErrors.building(end.toString());
      }
    }
    return write(GraphRules.HOUSEHOLD, List.of(decision)).get(0);
  }

  private void standsForSomebody(String graph, Identifier end) {
    lookup
        .excluded(graph, end)
        .ifPresent(
            why -> {
              throw IdentityErrors.standsForNobody(end.toString(), why);
            });
  }

  /**
   * Takes identifiers out of a profile: none of them may be with what stays. They stay together
   * where evidence joins them.
   *
   * @param profile its id, also one that is no more
   * @param identifiers members, as {@code type:value}
   * @return the cannot-links that were written
   * @throws dev.tributary.pipelines.job.JobException exit code 2 for a household, which a person
   *     leaves by a cannot-link with what it shares
   */
  public List<Map<String, Object>> unmerge(
      String profile, List<String> identifiers, String author, String reason, Instant at) {
    signed(author, reason);
    if (lookup.isHousehold(profile)) {
      throw IdentityErrors.unmergeOfHousehold(profile);
    }
    List<String> members = lookup.members(lookup.profile(profile));
    List<Identifier> leaving = new ArrayList<>();
    for (String text : identifiers) {
      Identifier identifier = lookup.identifier(text);
      if (!members.contains(identifier.toString())) {
        throw IdentityErrors.notAMember(profile, identifier.toString(), null);
      }
      leaving.add(identifier);
    }
    Set<Set<Identifier>> linked = linked(leaving);
    List<Decision> decisions = new ArrayList<>();
    for (String member : members) {
      Identifier stays = lookup.parse(member).orElseThrow();
      if (!leaving.contains(stays)) {
        for (Identifier leaves : leaving) {
          // The newest is heeded first: those with evidence on the very pair say where to cut.
          long when = micros(at) + (linked.contains(Set.of(leaves, stays)) ? 1 : 0);
          decisions.add(
              new Decision(Decision.Kind.CANNOT_LINK, leaves, stays, author, reason, when));
        }
      }
    }
    return write(GraphRules.PERSON, decisions);
  }

  private static void signed(String author, String reason) {
    if (author.isBlank()) {
      throw IdentityErrors.unsigned("author", "say who decides");
    }
    if (reason.isBlank()) {
      throw IdentityErrors.unsigned("reason", "say why");
    }
  }

  /** Pairs that evidence is on. */
  private Set<Set<Identifier>> linked(List<Identifier> identifiers) {
    Group group = lookup.group(GraphRules.PERSON, identifiers);
    Set<Set<Identifier>> linked = new HashSet<>();
    for (Group.EdgeKey key : group.edges.keySet()) {
      Identifier left = group.identifierOf(key.src());
      Identifier right = group.identifierOf(key.dst());
      if (left != null && right != null && !left.equals(right)) {
        linked.add(Set.of(left, right));
      }
    }
    return linked;
  }

  private static long micros(Instant at) {
    return Math.addExact(at.getEpochSecond() * 1_000_000, at.getNano() / 1_000);
  }

  private List<Map<String, Object>> write(String graph, List<Decision> decisions) {
    List<Row> rows = new ArrayList<>();
    List<Map<String, Object>> written = new ArrayList<>();
    for (Decision decision : decisions) {
      String id = UUID.randomUUID().toString();
      String kind = decision.kind().name().toLowerCase(Locale.ROOT);
      rows.add(
          RowFactory.create(
              id,
              graph,
              kind,
              decision.left().type(),
              decision.left().value(),
              decision.right().type(),
              decision.right().value(),
              decision.author(),
              decision.reason(),
              decision.atMicros()));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("decision_id", id);
      one.put("kind", kind);
      one.put("left", decision.left().toString());
      one.put("right", decision.right().toString());
      written.add(one);
    }
    tables.create(IdentityDecisionColumns.TABLE);
    StructType schema = new StructType();
    for (String name : TableContracts.of(IdentityDecisionColumns.TABLE).columnNames()) {
      boolean time = name.equals(IdentityDecisionColumns.AT);
      schema = schema.add(name, time ? DataTypes.LongType : DataTypes.StringType);
    }
    Dataset<Row> frame =
        tables
            .spark()
            .createDataFrame(rows, schema)
            .coalesce(1)
            .withColumn(
                IdentityDecisionColumns.AT, timestamp_micros(col(IdentityDecisionColumns.AT)));
    frame.write().format("delta").mode("append").save(tables.path(IdentityDecisionColumns.TABLE));
    return written;
  }
}
