package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.DropReason;
import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.Excluded;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.pipelines.identity.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** One group as its rows describe it: the state before the batch, and the evidence after it. */
final class Group {
  final long root;
  final int graph;
  private final boolean onlySeen;
  final Map<Long, Member> members = new HashMap<>();
  final Map<EdgeKey, EdgeSum> edges = new LinkedHashMap<>();
  final Map<Long, Identifier> hubs = new HashMap<>();
  final Map<Identifier, Excluded> excluded = new HashMap<>();
  final Map<EdgeKey, Drop> drops = new HashMap<>();
  private final List<Row> decisions = new ArrayList<>();
  private final Set<Decision> newDecisions = new HashSet<>();
  private final Map<Long, String> withdrawn = new HashMap<>();

  /**
   * @param onlySeen whether the evidence of this batch is all there is, so that an identifier that
   *     it does not show is no more
   */
  Group(long root, int graph, boolean onlySeen) {
    this.root = root;
    this.graph = graph;
    this.onlySeen = onlySeen;
  }

  /** What evidence is one edge. */
  record EdgeKey(long src, long dst, String rule, String source, String consent) {}

  /** A row of the history of dropped edges: the newest of its edge. */
  record Drop(String reason, boolean dropped, long batch) {}

  /** An assignment as the table has it. */
  record Assignment(
      String profile, long firstSeen, long from, Long to, long batch, Long replaces) {}

  /** An identifier of the group. */
  static final class Member {
    final Identifier identifier;
    final List<Assignment> history = new ArrayList<>(1);
    Assignment last;
    private Long seen;
    private final boolean onlySeen;
    private boolean exact;

    Member(Identifier identifier, boolean onlySeen) {
      this.identifier = identifier;
      this.onlySeen = onlySeen;
    }

    /** When it was first seen; null when nothing shows it any more. */
    Long firstSeen() {
      if (exact || last == null || last.profile == null || onlySeen) {
        return seen;
      }
      return seen == null ? last.firstSeen : (Long) Math.min(seen, last.firstSeen);
    }

    String profileBefore() {
      return last == null || last.to != null ? null : last.profile;
    }
  }

  /** Parts of an edge: those of the newest restatement and after it count. */
  static final class EdgeSum {
    private final List<Row> parts = new ArrayList<>(1);

    /** Whether nothing was known of it before this batch. */
    boolean isNew(long batch) {
      return parts.stream().allMatch(part -> part.getLong(GroupRow.BATCH) == batch);
    }

    Edge edge(Identifier left, Identifier right, EdgeKey key) {
      long since = Long.MIN_VALUE;
      for (Row part : parts) {
        if (part.getBoolean(GroupRow.FLAG)) {
          since = Math.max(since, part.getLong(GroupRow.BATCH));
        }
      }
      double confidence = 0;
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      long observations = 0;
      for (Row part : parts) {
        long batch = part.getLong(GroupRow.BATCH);
        boolean counts = batch > since || batch == since && part.getBoolean(GroupRow.FLAG);
        if (counts && part.getLong(GroupRow.N) > 0) {
          confidence = Math.max(confidence, part.getDouble(GroupRow.X));
          first = Math.min(first, part.getLong(GroupRow.T1));
          last = Math.max(last, part.getLong(GroupRow.T2));
          observations += part.getLong(GroupRow.N);
        }
      }
      return observations == 0
          ? null
          : new Edge(
              left,
              right,
              key.rule(),
              confidence,
              first,
              last,
              observations,
              key.source(),
              key.consent());
    }
  }

  /** Takes a row of the group in. */
  void add(Row row) {
    switch (row.getInt(GroupRow.KIND)) {
      case GroupRow.ASSIGNED -> assigned(row);
      case GroupRow.SEEN -> seen(row);
      case GroupRow.EDGE -> edges.computeIfAbsent(key(row), absent -> new EdgeSum()).parts.add(row);
      case GroupRow.EXCLUDED -> excluded(row);
      case GroupRow.DECISION -> decisions.add(row);
      case GroupRow.DROPPED -> dropped(row);
      case GroupRow.WITHDRAWN ->
          withdrawn.put(row.getLong(GroupRow.NODE), row.getString(GroupRow.C));
      default -> throw new IllegalStateException("no kind " + row.getInt(GroupRow.KIND));
    }
  }

  private static EdgeKey key(Row row) {
    return new EdgeKey(
        row.getLong(GroupRow.NODE),
        row.getLong(GroupRow.OTHER),
        row.getString(GroupRow.A),
        row.getString(GroupRow.B),
        row.getString(GroupRow.C));
  }

  private void excluded(Row row) {
    Identifier identifier = identifier(row);
    DropReason reason =
        Exclusions.BLOCKED.equals(row.getString(GroupRow.C))
            ? DropReason.BLOCKED_VALUE
            : DropReason.HUB;
    String detail = row.isNullAt(GroupRow.D) ? "" : row.getString(GroupRow.D);
    hubs.put(row.getLong(GroupRow.NODE), identifier);
    excluded.put(identifier, new Excluded(identifier, reason, detail));
  }

  private static Identifier identifier(Row row) {
    return new Identifier(row.getString(GroupRow.B), row.getString(GroupRow.A));
  }

  private Member member(Row row) {
    return members.computeIfAbsent(
        row.getLong(GroupRow.NODE), id -> new Member(identifier(row), onlySeen));
  }

  private void assigned(Row row) {
    Assignment assignment =
        new Assignment(
            row.getString(GroupRow.C),
            row.getLong(GroupRow.T1),
            row.getLong(GroupRow.T2),
            micros(row, GroupRow.T3),
            row.getLong(GroupRow.BATCH),
            micros(row, GroupRow.N));
    Member member = member(row);
    member.history.add(assignment);
    if (member.last == null || assignment.from > member.last.from) {
      member.last = assignment;
    }
  }

  private static Long micros(Row row, int column) {
    return row.isNullAt(column) ? null : (Long) row.getLong(column);
  }

  private void seen(Row row) {
    Member member = member(row);
    Long first = micros(row, GroupRow.T1);
    if (row.getBoolean(GroupRow.FLAG)) {
      member.exact = true;
      member.seen = first;
    } else if (!member.exact) {
      member.seen = member.seen == null ? first : (Long) Math.min(member.seen, first);
    }
  }

  private void dropped(Row row) {
    Drop drop =
        new Drop(
            row.getString(GroupRow.D), row.getBoolean(GroupRow.FLAG), row.getLong(GroupRow.BATCH));
    drops.merge(key(row), drop, (one, other) -> one.batch() >= other.batch() ? one : other);
  }

  /** The identifier of a node: a member's, or that of a hub beside the group. */
  Identifier identifierOf(long node) {
    Member member = members.get(node);
    return member == null ? hubs.get(node) : member.identifier;
  }

  /** The members that something still shows, and the hubs beside them. */
  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(members.size());
    for (Member member : members.values()) {
      Long first = member.firstSeen();
      if (first != null) {
        nodes.add(new Node(member.identifier, first));
      }
    }
    return nodes;
  }

  Set<Identifier> knownHubs() {
    return hubs.isEmpty() ? Set.of() : new HashSet<>(hubs.values());
  }

  /** Decisions of which both identifiers are members. */
  List<Decision> decided() {
    List<Decision> decided = new ArrayList<>();
    for (Row row : decisions) {
      Member left = members.get(row.getLong(GroupRow.NODE));
      Member right = members.get(row.getLong(GroupRow.OTHER));
      if (left != null && right != null && !left.identifier.equals(right.identifier)) {
        Decision decision =
            new Decision(
                Decision.Kind.valueOf(row.getString(GroupRow.A).toUpperCase(java.util.Locale.ROOT)),
                left.identifier,
                right.identifier,
                row.getString(GroupRow.B),
                row.getString(GroupRow.C),
                row.getLong(GroupRow.T1));
        decided.add(decision);
        if (row.getBoolean(GroupRow.FLAG)) {
          newDecisions.add(decision);
        }
      }
    }
    return decided;
  }

  /** Whether a decision was made since the last batch. */
  boolean isNew(Decision decision) {
    return newDecisions.contains(decision);
  }

  /** The consent that an edge rests on and that was withdrawn; null when none was. */
  String withdrawnConsent(EdgeKey key, EdgeSum edge) {
    for (Row part : edge.parts) {
      if ("consent_withdrawn".equals(part.getString(GroupRow.D))) {
        return key.consent();
      }
    }
    if (withdrawn.isEmpty()) {
      return null;
    }
    String ofSource = withdrawn.get(key.src());
    return ofSource == null ? withdrawn.get(key.dst()) : ofSource;
  }
}
