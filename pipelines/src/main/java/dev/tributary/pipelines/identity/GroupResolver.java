package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;

import dev.tributary.pipelines.identity.Group.EdgeKey;
import dev.tributary.pipelines.identity.Group.EdgeSum;
import dev.tributary.pipelines.identity.graph.ComponentResolver;
import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.DropReason;
import dev.tributary.pipelines.identity.graph.DroppedEdge;
import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.Excluded;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.HubRule;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.pipelines.identity.graph.Resolution;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Resolves the groups of a partition, whose rows come sorted by group: one group is in memory at a
 * time.
 */
final class GroupResolver
    implements FlatMapFunction<Iterator<InternalRow>, InternalRow>, Serializable {
  private static final long serialVersionUID = 1;

  /** Why an edge is dropped that rests on a withdrawn consent. */
  static final String CONSENT_WITHDRAWN = "consent_withdrawn";

  private final GraphRules[] rules;
  private final long batch;
  private final long atMicros;
  private final boolean rebuild;
  private transient ComponentResolver[] resolvers;

  GroupResolver(IdentityRules rules, BatchPlan plan) {
    this.rules = IdentityRules.GRAPHS.stream().map(rules::graph).toArray(GraphRules[]::new);
    this.batch = plan.batch();
    this.atMicros = plan.atMicros();
    this.rebuild = plan.rebuild();
  }

  /**
   * The outcome, {@link Outcome#SCHEMA}, of rows of {@link GroupRow#SCHEMA}. They stay in Spark's
   * own form: as objects of a value each, they would cost more than what is done with them.
   */
  Dataset<Row> resolve(Dataset<Row> rows) {
    Dataset<Row> grouped = rows.repartition(col("root")).sortWithinPartitions("root");
    var plan = ((org.apache.spark.sql.classic.Dataset<Row>) grouped).queryExecution();
    var outcomes = plan.toRdd().toJavaRDD().mapPartitions(this);
    return ((org.apache.spark.sql.classic.SparkSession) rows.sparkSession())
        .internalCreateDataFrame(outcomes.rdd(), Outcome.SCHEMA, false);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    resolvers = new ComponentResolver[rules.length];
    for (int i = 0; i < rules.length; i++) {
      resolvers[i] = resolver(rules[i]);
    }
    return new Iterator<>() {
      private Row next = following();
      private Iterator<InternalRow> outcomes = List.<InternalRow>of().iterator();

      @Override
      public boolean hasNext() {
        while (!outcomes.hasNext() && next != null) {
          outcomes = resolve(group()).iterator();
        }
        return outcomes.hasNext();
      }

      private Row following() {
        return rows.hasNext() ? new StoredRow(rows.next().copy()) : null;
      }

      private Group group() {
        long root = next.getLong(GroupRow.ROOT);
        Group group = new Group(root, next.getInt(GroupRow.GRAPH), rebuild);
        while (next != null && next.getLong(GroupRow.ROOT) == root) {
          group.add(next);
          next = following();
        }
        return group;
      }

      @Override
      public InternalRow next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return outcomes.next();
      }
    };
  }

  private List<InternalRow> resolve(Group group) {
    Result result = result(group, rules[group.graph], resolvers[group.graph]);
    return new GroupOutcome(
            group, result.work(), result.resolution(), rules[group.graph], result.decisions())
        .rows(batch, atMicros, rebuild);
  }

  /**
   * Blocked values never come this far, and hubs are found here: the resolver looks for neither.
   */
  static ComponentResolver resolver(GraphRules rules) {
    return new ComponentResolver(
        new GraphRules(
            rules.graph(),
            rules.minConfidence(),
            rules.priority(),
            rules.limits(),
            List.of(),
            List.of(),
            rules.sources(),
            rules.bridges(),
            rules.accepts(),
            rules.refuses()));
  }

  /** A resolved group, and what went into it. */
  record Result(Work work, Resolution resolution, List<Decision> decisions) {}

  static Result result(Group group, GraphRules rules, ComponentResolver resolver) {
    Work work = new Work(group);
    Set<Identifier> hubs = hubs(group, work, rules);
    List<Edge> counted = new ArrayList<>(work.edges.size());
    for (Edge edge : work.edges.keySet()) {
      if (hubs.contains(edge.left()) || hubs.contains(edge.right())) {
        work.dropped.add(work.excluded(group, edge));
      } else {
        counted.add(edge);
      }
    }
    List<Decision> decisions = group.decided();
    Resolution resolution = resolver.resolve(group.nodes(), counted, decisions, hubs);
    work.dropped.addAll(resolution.dropped());
    return new Result(work, resolution, decisions);
  }

  /** What the evidence of a group comes to. */
  static final class Work {
    final Map<Edge, EdgeKey> edges = new HashMap<>();
    final Map<Edge, EdgeKey> withdrawn = new HashMap<>();
    final List<Edge> gone = new ArrayList<>();
    final List<DroppedEdge> dropped = new ArrayList<>();
    final Map<Identifier, String> newHubs = new HashMap<>();

    Work(Group group) {
      for (Map.Entry<EdgeKey, EdgeSum> entry : group.edges.entrySet()) {
        EdgeKey key = entry.getKey();
        Identifier left = group.identifierOf(key.src());
        Identifier right = group.identifierOf(key.dst());
        if (left == null || right == null || left.equals(right)) {
          continue; // one end stands for nobody, or two values share a hash
        }
        Edge edge = entry.getValue().edge(left, right, key);
        String consent = group.withdrawnConsent(key, entry.getValue());
        if (edge != null && consent != null) {
          withdrawn.put(edge, key);
        } else if (edge != null) {
          edges.put(edge, key);
        }
      }
    }

    EdgeKey key(Edge edge) {
      EdgeKey key = edges.get(edge);
      return key == null ? withdrawn.get(edge) : key;
    }

    DroppedEdge excluded(Group group, Edge edge) {
      for (Identifier end : List.of(edge.left(), edge.right())) {
        if (newHubs.containsKey(end)) {
          return new DroppedEdge(edge, DropReason.HUB, end + " is " + newHubs.get(end));
        }
        Excluded known = group.excluded.get(end);
        if (known != null) {
          return new DroppedEdge(edge, known.reason(), end + ": " + known.detail());
        }
      }
      throw new IllegalStateException("neither end of " + edge + " is excluded");
    }
  }

  /**
   * The hubs of a group: those known before, and members that have become one. Degrees are counted
   * over all evidence of the group, that of other hubs too, so they do not depend on which was
   * found first.
   */
  private static Set<Identifier> hubs(Group group, Work work, GraphRules graph) {
    Set<Identifier> hubs = new HashSet<>(group.knownHubs());
    int least = graph.hubs().stream().mapToInt(HubRule::max).min().orElse(Integer.MAX_VALUE);
    if (work.edges.size() + work.withdrawn.size() <= least) {
      return hubs;
    }
    Map<Identifier, Set<Identifier>> neighbours = new HashMap<>();
    Function<Edge, Optional<DroppedEdge>> refusals = graph.refusals();
    for (Map<Edge, EdgeKey> edges : List.of(work.edges, work.withdrawn)) {
      for (Edge edge : edges.keySet()) {
        if (refusals.apply(edge).isEmpty()) {
          neighbours.computeIfAbsent(edge.left(), key -> new HashSet<>()).add(edge.right());
          neighbours.computeIfAbsent(edge.right(), key -> new HashSet<>()).add(edge.left());
        }
      }
    }
    neighbours.forEach(
        (identifier, all) -> {
          if (all.size() > least && !hubs.contains(identifier)) {
            String words = hubWords(graph, identifier, all);
            if (words != null) {
              work.newHubs.put(identifier, words);
            }
          }
        });
    hubs.addAll(work.newHubs.keySet());
    return hubs;
  }

  private static String hubWords(GraphRules graph, Identifier identifier, Set<Identifier> all) {
    for (HubRule rule : graph.hubs()) {
      long degree =
          all.stream().filter(other -> rule.counts(identifier.type(), other.type())).count();
      if (degree > rule.max()) {
        return "linked to more than %d of type %s".formatted(rule.max(), rule.neighbours());
      }
    }
    return null;
  }
}
