package dev.tributary.pipelines.identity.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which edges count at all, by themselves; remembers what it found out of a value. */
final class Admission {
  private final GraphRules rules;
  private final Map<Identifier, Optional<Excluded>> blocked = new HashMap<>();

  Admission(GraphRules rules) {
    this.rules = rules;
  }

  Optional<Excluded> blocks(Identifier identifier) {
    return rules.blocked().isEmpty()
        ? Optional.empty()
        : blocked.computeIfAbsent(identifier, rules::blocks);
  }

  Optional<DroppedEdge> refuses(Edge edge) {
    if (otherGraph(edge)) {
      String detail = "the " + rules.graph() + " graph takes no evidence by rule " + edge.rule();
      return Optional.of(new DroppedEdge(edge, DropReason.OTHER_GRAPH, detail));
    }
    return blockedValue(edge).or(() -> source(edge)).or(() -> tooWeak(edge));
  }

  private boolean otherGraph(Edge edge) {
    boolean accepted = rules.accepts().isEmpty() || Glob.anyMatches(rules.accepts(), edge.rule());
    return !accepted || Glob.anyMatches(rules.refuses(), edge.rule());
  }

  private Optional<DroppedEdge> blockedValue(Edge edge) {
    return blocks(edge.left())
        .or(() -> blocks(edge.right()))
        .map(
            value ->
                new DroppedEdge(
                    edge,
                    DropReason.BLOCKED_VALUE,
                    value.identifier().type() + ": " + value.detail()));
  }

  private Optional<DroppedEdge> source(Edge edge) {
    if (rules.sources().isEmpty()) {
      return Optional.empty();
    }
    return rules.sources().stream()
        .filter(rule -> rule.concerns(edge) && !rule.allows(edge))
        .findFirst()
        .map(
            rule ->
                new DroppedEdge(
                    edge,
                    DropReason.SOURCE,
                    "source " + edge.source() + " may link only " + rule.between()));
  }

  private Optional<DroppedEdge> tooWeak(Edge edge) {
    if (edge.confidence() >= rules.minConfidence()) {
      return Optional.empty();
    }
    String detail = "confidence " + edge.confidence() + ", at least " + rules.minConfidence();
    return Optional.of(new DroppedEdge(edge, DropReason.BELOW_MIN_CONFIDENCE, detail));
  }
}
