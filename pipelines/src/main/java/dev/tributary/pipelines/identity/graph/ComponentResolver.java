package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Turns evidence into profiles. In this order:
 *
 * <ol>
 *   <li>Evidence that does not count by itself goes ({@link GraphRules#refuses}); then what touches
 *       a hub, see {@link HubRule}.
 *   <li>Must-links join, whatever the rules say; only a cannot-link beats them. What they join is
 *       never parted, and counts as one value in limits.
 *   <li>Components are broken at weak bridges, see {@link BridgeRule}.
 *   <li>Between two that cannot be linked, the evidence goes that is most likely to be all wrong: a
 *       minimum cut by −ln(1 − confidence).
 *   <li>Unique types and limits are held one after the other, as {@link LimitStage} tells.
 *   <li>What is still connected is a profile.
 * </ol>
 *
 * <p>The result is a function of the sets of nodes, edges and decisions, and each true component's
 * part of it depends on that component alone: resolving the groups that changed equals resolving
 * everything. Cost is near-linear in the edges; where cannot-links or windows would cost more, a
 * count of steps bounds them, and {@link Resolution#notes()} says what was done instead. Immutable;
 * may be used by many threads.
 */
public final class ComponentResolver implements Serializable {
  /** The rule of edges that stand for must-links. */
  public static final String MUST_LINK_RULE = "must-link";

  /** Steps in one component before a cheaper way is taken: about a second. */
  private static final long STEPS = 30_000_000;

  private final GraphRules rules;
  private final long steps;

  public ComponentResolver(GraphRules rules) {
    this(rules, STEPS);
  }

  /**
   * @param steps bound on the work of minimum cuts in each component, and on that of each window
   */
  ComponentResolver(GraphRules rules, long steps) {
    this.rules = rules;
    this.steps = steps;
  }

  public GraphRules rules() {
    return rules;
  }

  /**
   * Resolves whole components: one, several, or all. Decisions on identifiers that are in neither
   * nodes nor edges have no effect.
   *
   * @param nodes every identifier of the components; one without an edge is a profile of its own
   */
  public Resolution resolve(
      Collection<Node> nodes, Collection<Edge> edges, Collection<Decision> decisions) {
    return resolve(nodes, edges, decisions, Set.of());
  }

  /**
   * The same where hubs were found, and their edges taken away, beforehand.
   *
   * @param hubs identifiers known to be hubs, besides those that the edges show
   */
  public Resolution resolve(
      Collection<Node> nodes,
      Collection<Edge> edges,
      Collection<Decision> decisions,
      Set<Identifier> hubs) {
    Evidence evidence = new Evidence(List.copyOf(nodes), List.copyOf(edges));
    Rulings rulings = new Rulings(evidence, List.copyOf(decisions));
    Counted counted = new Counted(rules, evidence, rulings, hubs);
    Links links = Links.of(evidence, counted.edges(), rulings.cluster, rules);
    Breaking breaking = new Breaking(links);
    for (Stage stage : stages(evidence, rulings, counted)) {
      breaking.apply(stage);
    }
    return new Assembly(rules, evidence, rulings, counted, breaking).resolution();
  }

  /** Those that can do anything: most groups are small, and no stage touches them. */
  private List<Stage> stages(Evidence evidence, Rulings rulings, Counted counted) {
    List<Stage> stages = new ArrayList<>();
    if (evidence.size() >= 2 * rules.bridges().minSide()) {
      stages.add(new BridgeStage(rules.bridges(), weights(evidence, rulings)));
    }
    if (!rulings.cannotLinks.isEmpty()) {
      stages.add(new CannotLinkStage(rulings, steps));
    }
    for (Limit limit : rules.limits()) {
      if (evidence.count(limit.type()) > limit.max()) {
        Spans spans = Spans.of(limit.type(), evidence, counted.edges(), rulings.cluster);
        stages.add(new LimitStage(limit, spans, steps));
      }
    }
    return stages;
  }

  private static int[] weights(Evidence evidence, Rulings rulings) {
    int[] weight = new int[evidence.size()];
    for (int cluster : rulings.cluster) {
      weight[cluster]++;
    }
    return weight;
  }
}
