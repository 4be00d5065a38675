package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.graph.ComponentResolver;
import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.pipelines.identity.graph.Node;
import dev.tributary.pipelines.identity.graph.Profile;
import dev.tributary.pipelines.identity.graph.ProfileId;
import dev.tributary.pipelines.identity.graph.Resolution;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Makes households of a partition's components, whose rows come sorted by component: one is in
 * memory at a time. Buildings are gone before; the graph's limits are held here.
 */
final class HouseholdResolver implements MapPartitionsFunction<Row, Row>, Serializable {
  private static final long serialVersionUID = 1;

  /** The type of the nodes that are persons. */
  static final String PERSON_TYPE = "person";

  /**
   * What it reads: who shares what, how surely, since when and how often. What is shared is null
   * for a person whom a decision names.
   */
  static final Column[] EVIDENCE =
      List.of(
              "component",
              "profile",
              "shared",
              "shared_type",
              "rule",
              "confidence",
              "first",
              "last",
              "observations")
          .stream()
          .map(name -> functions.col(name))
          .toArray(Column[]::new);

  /** What it gives. */
  static final StructType SCHEMA =
      new StructType()
          .add("profile_id", DataTypes.StringType)
          .add("household_id", DataTypes.StringType);

  private final ComponentResolver resolver;

  private final Map<Identifier, List<Decision>> decisions = new HashMap<>();

  /**
   * @param decided what people decided, between nodes as {@link #person} and {@link #shared} have
   *     them
   */
  HouseholdResolver(GraphRules rules, List<Decision> decided) {
    for (Decision one : decided) {
      decisions.computeIfAbsent(one.left(), key -> new ArrayList<>()).add(one);
    }
    // What is shared goes by its hash here; values were looked at when they were read.
    this.resolver =
        new ComponentResolver(
            new GraphRules(
                rules.graph(),
                rules.minConfidence(),
                rules.priority(),
                rules.limits(),
                List.of(),
                List.of(),
                List.of(),
                rules.bridges(),
                List.of(),
                List.of()));
  }

  /** A person as a node. */
  static Identifier person(String profile) {
    return new Identifier(PERSON_TYPE, profile);
  }

  static boolean isPerson(Identifier node) {
    return node.type().equals(PERSON_TYPE);
  }

  /** What is shared as a node, by its hash. */
  static Identifier shared(String type, long hash) {
    return new Identifier(type, Long.toHexString(hash));
  }

  /** The hash of what is shared. */
  static long hash(Identifier shared) {
    return Long.parseUnsignedLong(shared.value(), 16);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private Row next = rows.hasNext() ? rows.next() : null;
      private Iterator<Row> members = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        while (!members.hasNext() && next != null) {
          long component = next.getLong(0);
          List<Row> all = new ArrayList<>();
          while (next != null && next.getLong(0) == component) {
            all.add(next);
            next = rows.hasNext() ? rows.next() : null;
          }
          members = households(all).iterator();
        }
        return members.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        return members.next();
      }
    };
  }

  private List<Row> households(List<Row> rows) {
    List<Row> members = new ArrayList<>();
    for (Profile profile : resolution(rows).profiles()) {
      household(profile, members);
    }
    return members;
  }

  /** What rows of whole components come to. */
  Resolution resolution(List<Row> rows) {
    List<Edge> edges = new ArrayList<>(rows.size());
    Map<Identifier, Long> since = new TreeMap<>();
    for (Row row : rows) {
      Identifier person = person(row.getString(1));
      since.merge(person, row.getLong(6), Math::min);
      if (!row.isNullAt(2)) {
        Identifier shared = shared(row.getString(3), row.getLong(2));
        since.merge(shared, row.getLong(6), Math::min);
        edges.add(
            new Edge(
                person,
                shared,
                row.getString(4),
                row.getDouble(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                null,
                null));
      }
    }
    List<Decision> decided = new ArrayList<>();
    if (!decisions.isEmpty()) {
      since.keySet().forEach(node -> decided.addAll(decisions.getOrDefault(node, List.of())));
    }
    List<Node> nodes = new ArrayList<>(since.size());
    since.forEach((identifier, first) -> nodes.add(new Node(identifier, first)));
    return resolver.resolve(nodes, edges, decided);
  }

  /** The id of a household that was resolved as a profile. */
  static String id(Profile household) {
    return GraphRules.HOUSEHOLD_ID_PREFIX
        + ProfileId.of(GraphRules.HOUSEHOLD, household.oldest()).substring(2);
  }

  /** A person whom limits parted from all that is shared is of no household. */
  private static void household(Profile profile, List<Row> members) {
    if (profile.members().size() > 1) {
      String id = id(profile);
      profile.members().stream()
          .filter(member -> member.type().equals(PERSON_TYPE))
          .forEach(member -> members.add(RowFactory.create(member.value(), id)));
    }
  }
}
