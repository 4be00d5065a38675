package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Which of all causes are a change's own: what now joins two identifiers of its new profile that
 * were apart, and what no longer joins two of its old profile that are apart.
 */
final class Attribution {
  /** The most causes that one change lists. */
  static final int LISTED = 20;

  private final Map<Identifier, String> before;
  private final Map<Identifier, String> after;
  private final Set<String> idsBefore;
  private final Set<String> idsAfter;
  private final Causes causes;
  private final Map<String, TreeSet<Cause>> joining = new HashMap<>();
  private final Map<String, TreeSet<Cause>> parting = new HashMap<>();

  Attribution(Map<Identifier, String> before, Map<Identifier, String> after, Causes causes) {
    this.before = before;
    this.after = after;
    this.idsBefore = new HashSet<>(before.values());
    this.idsAfter = new HashSet<>(after.values());
    this.causes = causes;
    causes.newEdges().forEach(edge -> joins(Cause.Kind.NEW_EVIDENCE, edge, evidence(edge)));
    causes.goneEdges().forEach(this::gone);
    causes.newDecisions().forEach(this::decided);
    causes.goneDecisions().forEach(this::revoked);
    causes
        .nowDropped()
        .forEach(dropped -> parts(Cause.Kind.NOW_DROPPED, dropped.edge(), why(dropped)));
    causes
        .noLongerDropped()
        .forEach(dropped -> joins(Cause.Kind.NO_LONGER_DROPPED, dropped.edge(), why(dropped)));
  }

  private static String evidence(Edge edge) {
    return edge.rule() + ", confidence " + edge.confidence();
  }

  private static String why(DroppedEdge dropped) {
    return evidence(dropped.edge()) + " " + dropped.reason().words() + ": " + dropped.detail();
  }

  private void gone(Edge edge) {
    boolean withdrawn =
        edge.consent() != null && causes.withdrawnConsents().contains(edge.consent());
    if (withdrawn) {
      String detail = evidence(edge) + ", consent " + edge.consent();
      parts(Cause.Kind.CONSENT_WITHDRAWN, edge, detail);
    } else {
      parts(Cause.Kind.GONE_EVIDENCE, edge, evidence(edge));
    }
  }

  private void decided(Decision decision) {
    boolean must = decision.kind() == Decision.Kind.MUST_LINK;
    Cause cause = cause(Cause.Kind.NEW_DECISION, decision);
    note(cause, must ? after : before, must ? before : after, must ? joining : parting);
  }

  private void revoked(Decision decision) {
    boolean must = decision.kind() == Decision.Kind.MUST_LINK;
    Cause cause = cause(Cause.Kind.GONE_DECISION, decision);
    note(cause, must ? before : after, must ? after : before, must ? parting : joining);
  }

  private static Cause cause(Cause.Kind kind, Decision decision) {
    return new Cause(kind, decision.left(), decision.right(), decision.words());
  }

  private void joins(Cause.Kind kind, Edge edge, String detail) {
    note(new Cause(kind, edge.left(), edge.right(), detail), after, before, joining);
  }

  private void parts(Cause.Kind kind, Edge edge, String detail) {
    note(new Cause(kind, edge.left(), edge.right(), detail), before, after, parting);
  }

  /** Notes a cause for the profile that both were in, in the one state but not in the other. */
  private static void note(
      Cause cause,
      Map<Identifier, String> together,
      Map<Identifier, String> apart,
      Map<String, TreeSet<Cause>> noted) {
    BiPredicate<String, String> same = (one, other) -> one != null && one.equals(other);
    String profile = together.get(cause.left());
    boolean joined = same.test(profile, together.get(cause.right()));
    if (joined && !same.test(apart.get(cause.left()), apart.get(cause.right()))) {
      noted.computeIfAbsent(profile, key -> new TreeSet<>()).add(cause);
    }
  }

  Change explained(Change change) {
    TreeSet<Cause> own = new TreeSet<>();
    change.to().forEach(id -> own.addAll(joining.getOrDefault(id, new TreeSet<>())));
    change.from().forEach(id -> own.addAll(parting.getOrDefault(id, new TreeSet<>())));
    if (change.kind() == Change.Kind.REASSIGN) {
      own.addAll(olderIdentifier(change));
    }
    boolean byRules =
        own.isEmpty() || own.stream().anyMatch(cause -> cause.kind().name().contains("DROPPED"));
    if (causes.rulesChanged() && byRules) {
      String detail = "rules " + causes.rulesBefore() + " to " + causes.rulesAfter();
      own.add(new Cause(Cause.Kind.RULES_CHANGED, null, null, detail));
    }
    return new Change(change.kind(), change.from(), change.to(), change.moved(), listed(own));
  }

  /** A whole profile with another id: one of its identifiers is now the oldest. */
  private List<Cause> olderIdentifier(Change change) {
    String now = change.to().get(0);
    boolean renamed = !idsBefore.contains(now) && !idsAfter.contains(change.from().get(0));
    if (!renamed) {
      return List.of();
    }
    String detail = "the profile's oldest identifier is another than before";
    return List.of(new Cause(Cause.Kind.OLDER_IDENTIFIER, null, null, detail));
  }

  private static List<Cause> listed(TreeSet<Cause> own) {
    List<Cause> listed = new ArrayList<>(own.stream().limit(LISTED).toList());
    if (own.size() > LISTED) {
      String detail = (own.size() - LISTED) + " more";
      listed.add(new Cause(Cause.Kind.MORE, null, null, detail));
    }
    return listed;
  }
}
