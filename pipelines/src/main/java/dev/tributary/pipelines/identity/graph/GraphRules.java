package dev.tributary.pipelines.identity.graph;

import dev.tributary.schemas.yaml.YamlException;
import dev.tributary.schemas.yaml.YamlNode;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What keeps a graph from merging too much. Written by people as YAML, see {@link #parse}.
 *
 * @param graph name of the graph, part of every profile id: {@code person} or {@code household}
 * @param minConfidence edges below it do not count, in [0, 1]
 * @param priority identifier types, the strongest first; types that are not listed are the weakest,
 *     all alike. An edge is as strong as the weaker of its two types. When a limit is broken,
 *     weaker edges go first.
 * @param limits the most values of a type a profile has; held in this order
 * @param blocked values that identify nobody
 * @param hubs when a shared value identifies nobody
 * @param sources which types evidence from a source may link
 * @param bridges when two dense parts are not joined
 * @param accepts rules whose edges belong to this graph; a name may end in {@code *}; none for all
 * @param refuses rules whose edges do not, though accepted
 */
public record GraphRules(
    String graph,
    double minConfidence,
    List<String> priority,
    List<Limit> limits,
    List<BlockedValues> blocked,
    List<HubRule> hubs,
    List<SourceRule> sources,
    BridgeRule bridges,
    List<String> accepts,
    List<String> refuses)
    implements Serializable {
  /** The graph of persons, whose nodes are identifiers. */
  public static final String PERSON = "person";

  /** The graph of households, whose nodes are persons (their profile ids), addresses, networks. */
  public static final String HOUSEHOLD = "household";

  /** What an id of a household begins with. */
  public static final String HOUSEHOLD_ID_PREFIX = "h_";

  /** Rules of household evidence are named with this in front, so that persons never take it. */
  public static final String HOUSEHOLD_RULE_PREFIX = "household.";

  public GraphRules {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(bridges, "bridges");
    if (graph.isEmpty() || graph.chars().anyMatch(Character::isISOControl)) {
      throw GraphErrors.rule("the graph's name", "'" + graph + "'", "name it, e.g. person");
    }
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw GraphErrors.rule("the minimum confidence", minConfidence, "give one in [0, 1]");
    }
    priority = List.copyOf(priority);
    limits = List.copyOf(limits);
    blocked = List.copyOf(blocked);
    hubs = List.copyOf(hubs);
    sources = List.copyOf(sources);
    accepts = List.copyOf(accepts);
    refuses = List.copyOf(refuses);
    if (priority.stream().distinct().count() < priority.size()) {
      throw GraphErrors.rule("the priority", priority, "name each type once");
    }
  }

  /** The rules of persons for those who write none: see {@link DefaultRules}. */
  public static GraphRules defaults() {
    return DefaultRules.person();
  }

  /** The rules of households for those who write none: see {@link DefaultRules}. */
  public static GraphRules householdDefaults() {
    return DefaultRules.household();
  }

  /** No rule at all: plain transitive closure. */
  public static GraphRules none(String graph) {
    List<String> nothing = List.of();
    return new GraphRules(
        graph,
        0,
        nothing,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        BridgeRule.OFF,
        nothing,
        nothing);
  }

  /**
   * Reads rules. A key that is absent keeps the default of the named graph; one that is there
   * replaces it; only blocked values are added to the default placeholders, unless {@code
   * placeholders: false}.
   *
   * @param name what errors call the text, e.g. its file
   * @throws YamlException with place and fix
   */
  public static GraphRules parse(String name, String yaml) {
    return read(YamlNode.parse(name, yaml));
  }

  /**
   * Reads rules from a place in a document.
   *
   * @throws YamlException with place and fix
   */
  public static GraphRules read(YamlNode rules) {
    return RulesReader.read(rules);
  }

  /**
   * Why this edge does not count whatever else there is, if so: a test of the edge alone, for a job
   * to apply before it looks for components. Hubs are not among these, see {@link #hubs()}.
   */
  public Optional<DroppedEdge> refuses(Edge edge) {
    return refusals().apply(edge);
  }

  /** The same test for many edges: what it found of a value it remembers. */
  public Function<Edge, Optional<DroppedEdge>> refusals() {
    return new Admission(this)::refuses;
  }

  /** Why this value identifies nobody, if it is blocked. */
  public Optional<Excluded> blocks(Identifier identifier) {
    for (BlockedValues values : blocked) {
      Optional<String> detail = values.blocks(identifier);
      if (detail.isPresent()) {
        return Optional.of(new Excluded(identifier, DropReason.BLOCKED_VALUE, detail.get()));
      }
    }
    return Optional.empty();
  }

  /** 0 for the strongest type. */
  int rank(String type) {
    int at = priority.indexOf(type);
    return at < 0 ? priority.size() : at;
  }

  /** 32 hex digits that differ when the rules do: the version of the rules. */
  public String fingerprint() {
    byte[] hash = ProfileId.sha256().digest(toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }
}
