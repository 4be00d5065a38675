package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What people's decisions come to: of several on one pair the newest; must-links from the newest to
 * the oldest, each unless it would put two into one cluster that a cannot-link holds apart.
 * Decisions on identifiers that are not in the evidence wait.
 */
final class Rulings {
  final List<Decision> mustLinks = new ArrayList<>();
  final List<Decision> cannotLinks = new ArrayList<>();
  final List<DroppedEdge> contradicted = new ArrayList<>();

  /** For each identifier the smallest one of those it must be with. */
  final int[] cluster;

  private final Evidence evidence;

  Rulings(Evidence evidence, List<Decision> decisions) {
    this.evidence = evidence;
    List<Decision> musts = new ArrayList<>();
    Set<List<Identifier>> decided = new HashSet<>();
    for (Decision decision : decisions.stream().distinct().sorted().toList()) {
      boolean known = evidence.has(decision.left()) && evidence.has(decision.right());
      if (known && decided.add(List.of(decision.left(), decision.right()))) {
        (decision.kind() == Decision.Kind.MUST_LINK ? musts : cannotLinks).add(decision);
      }
    }
    Rivals rivals = new Rivals(evidence.size());
    for (int i = 0; i < cannotLinks.size(); i++) {
      rivals.hold(left(cannotLinks.get(i)), right(cannotLinks.get(i)), i);
    }
    musts.forEach(must -> admit(must, rivals));
    this.cluster = rivals.labels();
  }

  private void admit(Decision must, Rivals rivals) {
    int against = rivals.between(left(must), right(must));
    if (against == Rivals.NONE) {
      rivals.union(left(must), right(must));
      mustLinks.add(must);
    } else {
      Decision cannot = cannotLinks.get(against);
      String detail = "%s and %s: %s".formatted(cannot.left(), cannot.right(), cannot.words());
      contradicted.add(new DroppedEdge(edge(must), DropReason.CONTRADICTED, detail));
    }
  }

  int left(Decision decision) {
    return evidence.number(decision.left());
  }

  int right(Decision decision) {
    return evidence.number(decision.right());
  }

  /** A must-link as an edge that nothing drops. */
  static Edge edge(Decision must) {
    long at = must.atMicros();
    return new Edge(
        must.left(),
        must.right(),
        ComponentResolver.MUST_LINK_RULE,
        1,
        at,
        at,
        1,
        must.author().isEmpty() ? null : must.author(),
        null);
  }

  /** Disjoint sets some of which are never joined. Each operation costs O(log n) on average. */
  static final class Rivals {
    static final int NONE = -1;

    private final UnionFind sets;
    private final Map<Integer, Map<Integer, Integer>> against = new HashMap<>();

    Rivals(int size) {
      this.sets = new UnionFind(size);
    }

    /** Holds the two apart for ever, by this ruling. */
    void hold(int left, int right, int ruling) {
      put(sets.find(left), sets.find(right), ruling);
      put(sets.find(right), sets.find(left), ruling);
    }

    private void put(int one, int other, int ruling) {
      against.computeIfAbsent(one, key -> new HashMap<>()).merge(other, ruling, Math::min);
    }

    /** The ruling that holds their sets apart, or {@link #NONE}. */
    int between(int left, int right) {
      Map<Integer, Integer> rulings = against.get(sets.find(left));
      return rulings == null ? NONE : rulings.getOrDefault(sets.find(right), NONE);
    }

    /** Joins two sets that nothing holds apart. */
    void union(int left, int right) {
      int a = sets.find(left);
      int b = sets.find(right);
      if (!sets.union(a, b)) {
        return;
      }
      int kept = sets.find(a);
      Map<Integer, Integer> ofKept = against.getOrDefault(kept, new HashMap<>());
      Map<Integer, Integer> ofOther = against.remove(kept == a ? b : a);
      if (ofOther == null) {
        return;
      }
      int gone = kept == a ? b : a;
      // The smaller map moves into the larger; whom it names must name the new root.
      ofOther.forEach(
          (rival, ruling) -> {
            against.get(rival).remove(gone);
            against.get(rival).merge(kept, ruling, Math::min);
          });
      Map<Integer, Integer> larger = ofKept.size() >= ofOther.size() ? ofKept : ofOther;
      Map<Integer, Integer> smaller = larger == ofKept ? ofOther : ofKept;
      smaller.forEach((rival, ruling) -> larger.merge(rival, ruling, Math::min));
      against.put(kept, larger);
    }

    int[] labels() {
      return sets.labels();
    }
  }
}
