package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What differs between two states of the evidence, from which {@link ChangeLog} tells the causes of
 * each change.
 *
 * @param withdrawnConsents ids of consents withdrawn since; evidence that rested on one is told as
 *     such
 * @param rulesBefore {@link GraphRules#fingerprint()} then
 * @param rulesAfter the same now
 */
public record Causes(
    Collection<Edge> newEdges,
    Collection<Edge> goneEdges,
    Collection<Decision> newDecisions,
    Collection<Decision> goneDecisions,
    Collection<DroppedEdge> nowDropped,
    Collection<DroppedEdge> noLongerDropped,
    Set<String> withdrawnConsents,
    String rulesBefore,
    String rulesAfter) {
  /** What a resolution was made of, and what it dropped. */
  public record State(
      Collection<Edge> edges,
      Collection<Decision> decisions,
      Collection<DroppedEdge> dropped,
      String rules) {
    public State {
      Objects.requireNonNull(rules, "rules");
    }

    /** Nothing, by the same rules as now: before the first run. */
    public static State nothing(String rules) {
      return new State(List.of(), List.of(), List.of(), rules);
    }
  }

  /** Nothing is known. */
  public static Causes unknown() {
    return new Causes(
        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Set.of(), "", "");
  }

  /** The difference of two states. Evidence is the same when only its figures differ. */
  public static Causes between(State before, State after, Set<String> withdrawnConsents) {
    return new Causes(
        edgesMissing(after.edges, before.edges),
        edgesMissing(before.edges, after.edges),
        decisionsMissing(after.decisions, before.decisions),
        decisionsMissing(before.decisions, after.decisions),
        droppedMissing(after, before),
        droppedMissing(before, after),
        withdrawnConsents,
        before.rules,
        after.rules);
  }

  private static List<Object> key(Edge edge) {
    List<Object> key = new ArrayList<>(5);
    key.add(edge.left());
    key.add(edge.right());
    key.add(edge.rule());
    key.add(edge.source());
    key.add(edge.consent());
    return key;
  }

  private static List<Edge> edgesMissing(Collection<Edge> from, Collection<Edge> in) {
    Set<List<Object>> known = new HashSet<>();
    in.forEach(edge -> known.add(key(edge)));
    return from.stream().filter(edge -> !known.contains(key(edge))).sorted().toList();
  }

  private static List<Decision> decisionsMissing(
      Collection<Decision> from, Collection<Decision> in) {
    Set<Decision> known = new HashSet<>(in);
    return from.stream().filter(decision -> !known.contains(decision)).sorted().toList();
  }

  /** Dropped in the one, there but not dropped in the other. */
  private static List<DroppedEdge> droppedMissing(State from, State in) {
    Map<List<Object>, Boolean> there = new HashMap<>();
    in.edges.forEach(edge -> there.put(key(edge), true));
    in.dropped.forEach(dropped -> there.put(key(dropped.edge()), false));
    return from.dropped.stream()
        .filter(dropped -> there.getOrDefault(key(dropped.edge()), false))
        .sorted()
        .toList();
  }

  boolean rulesChanged() {
    return !rulesBefore.equals(rulesAfter);
  }
}
