package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;

import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.DropReason;
import dev.tributary.pipelines.identity.graph.DroppedEdge;
import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.Excluded;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.pipelines.identity.graph.PathExplanation;
import dev.tributary.pipelines.identity.graph.Profile;
import dev.tributary.pipelines.identity.graph.Resolution;
import dev.tributary.schemas.contract.IdentityHouseholdColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a person asks of households as they stand: few of them, with their evidence. */
final class HouseholdQueries {
  private final IdentityTables tables;
  private final IdentityRules rules;
  private final HouseholdLookup lookup;
  private final HouseholdDecisions decisions;
  private final Map<Identifier, Identifier> names = new HashMap<>();

  /**
   * @param plan one that has read everything
   */
  HouseholdQueries(IdentityTables tables, IdentityRules rules, BatchPlan plan) {
    Facts facts = new Facts(tables, rules, plan);
    this.tables = tables;
    this.rules = rules;
    this.lookup = new HouseholdLookup(tables, rules, plan, facts, HouseholdLookup.MANY);
    this.decisions = HouseholdDecisions.read(rules, facts, lookup);
  }

  /** Whether more persons share it than a household has. */
  boolean isBuilding(Identifier shared) {
    Identifier node = HouseholdResolver.shared(shared.type(), hash(GraphRules.HOUSEHOLD, shared));
    return around(List.of(node), List.of()).buildings().containsKey(node);
  }

  /**
   * A household: the profiles that are of it, and those that were.
   *
   * @throws dev.tributary.pipelines.job.JobException when nobody ever was of it
   */
  Map<String, Object> show(String household) {
    Dataset<Row> all = tables.now(IdentityHouseholdColumns.TABLE);
    Dataset<Row> members =
        all.where(col(IdentityHouseholdColumns.HOUSEHOLD_ID).equalTo(household))
            .select(IdentityHouseholdColumns.PROFILE_ID)
            .distinct();
    Set<String> now = new TreeSet<>();
    Set<String> before = new TreeSet<>();
    for (Row row :
        all.join(broadcast(members), Exclusions.names(IdentityHouseholdColumns.PROFILE_ID))
            .groupBy(IdentityHouseholdColumns.PROFILE_ID)
            .agg(
                max_by(
                    col(IdentityHouseholdColumns.HOUSEHOLD_ID),
                    col(IdentityHouseholdColumns.BATCH)))
            .collectAsList()) {
      (household.equals(row.getString(1)) ? now : before).add(row.getString(0));
    }
    if (now.isEmpty() && before.isEmpty()) {
      throw IdentityErrors.unknownIdentifier(household, rules.typeNames());
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("household_id", household);
    shown.put("size", now.size());
    shown.put("members", List.copyOf(now));
    shown.put("former_members", List.copyOf(before));
    return shown;
  }

  /** Why two are of one household, or not. */
  record Explained(PathExplanation path, Resolution resolution) {}

  /**
   * Explains, with persons as nodes: the two by the identifiers that were asked for, others by
   * their profile ids. Empty where the two are one person.
   */
  Optional<Explained> explain(Identifier from, Identifier to) {
    List<HouseholdLogin> logins = new ArrayList<>();
    List<Identifier> nodes = new ArrayList<>();
    List<Identifier> unknown = new ArrayList<>();
    for (Identifier end : List.of(from, to)) {
      Identifier node = node(end, logins);
      if (node == null) {
        unknown.add(end);
      } else {
        nodes.add(node);
        names.putIfAbsent(node, end);
      }
    }
    if (!unknown.isEmpty()) {
      return Optional.of(
          new Explained(
              new PathExplanation.Unknown(from, to, unknown),
              new Resolution(List.of(), List.of(), List.of(), List.of(), List.of())));
    }
    if (nodes.get(0).equals(nodes.get(1))) {
      return Optional.empty();
    }
    TouchedHouseholds found = around(nodes, logins);
    Resolution resolution =
        new HouseholdResolver(rules.household(), decisions.decisions()).resolution(found.rows());
    nameShared(found);
    Resolution named = named(resolution, found);
    List<Decision> decided = decisions.decisions().stream().map(this::named).toList();
    PathExplanation path =
        PathExplanation.between(name(nodes.get(0)), name(nodes.get(1)), named, decided);
    return Optional.of(new Explained(path, named));
  }

  private Identifier node(Identifier end, List<HouseholdLogin> logins) {
    if (Households.sharedTypes(rules).contains(end.type())) {
      return HouseholdResolver.shared(end.type(), hash(GraphRules.HOUSEHOLD, end));
    }
    for (HouseholdLogin login : lookup.ofNodes(Set.of(hash(GraphRules.PERSON, end)))) {
      if (login.profile() != null) {
        logins.add(login);
        return HouseholdResolver.person(login.profile());
      }
    }
    return null;
  }

  private TouchedHouseholds around(List<Identifier> nodes, List<HouseholdLogin> logins) {
    TouchedHouseholds found = TouchedHouseholds.around(lookup, rules, decisions, nodes, logins);
    if (found == null) {
      throw IdentityErrors.tooMuchShared(HouseholdLookup.MANY);
    }
    return found;
  }

  private long hash(String graph, Identifier identifier) {
    return tables.spark().range(1).select(NodeIds.of(graph, identifier)).head().getLong(0);
  }

  // --- names instead of hashes

  private void nameShared(TouchedHouseholds found) {
    Map<Long, Identifier> hashes = new HashMap<>();
    for (String profile : found.profiles()) {
      for (HouseholdEvidence one : found.evidence(profile)) {
        hashes.put(one.shared(), HouseholdResolver.shared(one.sharedType(), one.shared()));
      }
    }
    lookup
        .identifiers(hashes.keySet())
        .forEach((hash, identifier) -> names.putIfAbsent(hashes.get(hash), identifier));
  }

  private Identifier name(Identifier node) {
    return names.getOrDefault(node, node);
  }

  private Resolution named(Resolution resolution, TouchedHouseholds found) {
    List<DroppedEdge> dropped = new ArrayList<>();
    for (DroppedEdge one : resolution.dropped()) {
      dropped.add(new DroppedEdge(named(one.edge()), one.reason(), named(one.detail())));
    }
    List<Excluded> excluded = new ArrayList<>();
    found
        .buildings()
        .forEach(
            (node, persons) ->
                excluded.add(new Excluded(name(node), DropReason.HUB, words(node, persons))));
    Set<String> housed = new HashSet<>();
    List<Profile> profiles = new ArrayList<>();
    for (Profile one : resolution.profiles()) {
      profiles.add(named(one));
      one.members().forEach(member -> housed.add(member.value()));
    }
    for (String profile : found.profiles()) {
      Identifier person = HouseholdResolver.person(profile);
      if (!housed.contains(profile)) {
        profiles.add(named(new Profile("alone", person, List.of(person), 1, 1, 0)));
      }
      for (HouseholdEvidence one : found.evidence(profile)) {
        Identifier shared = HouseholdResolver.shared(one.sharedType(), one.shared());
        Integer persons = found.buildings().get(shared);
        if (persons != null) {
          dropped.add(
              new DroppedEdge(
                  named(one.edge(person, shared)), DropReason.HUB, words(shared, persons)));
        }
      }
    }
    return new Resolution(
        profiles,
        resolution.kept().stream().map(this::named).sorted().toList(),
        dropped.stream().sorted().toList(),
        excluded,
        resolution.notes());
  }

  private String words(Identifier building, int persons) {
    return "a building: %d persons share it, more than %d"
        .formatted(persons, Households.mostPersons(rules.household(), building.type()));
  }

  private Profile named(Profile one) {
    return new Profile(
        HouseholdResolver.id(one),
        name(one.oldest()),
        one.members().stream().map(this::name).sorted().toList(),
        one.confidence(),
        one.density(),
        one.firstSeenMicros());
  }

  private Edge named(Edge edge) {
    return new Edge(
        name(edge.left()),
        name(edge.right()),
        edge.rule(),
        edge.confidence(),
        edge.firstSeenMicros(),
        edge.lastSeenMicros(),
        edge.observations(),
        edge.source(),
        edge.consent());
  }

  private Decision named(Decision one) {
    return new Decision(
        one.kind(),
        name(one.left()),
        name(one.right()),
        one.author(),
        one.reason(),
        one.atMicros());
  }

  private String named(String detail) {
    String text = detail;
    for (Map.Entry<Identifier, Identifier> name : names.entrySet()) {
      text = text.replace(name.getKey().toString(), name.getValue().toString());
    }
    return text;
  }
}
