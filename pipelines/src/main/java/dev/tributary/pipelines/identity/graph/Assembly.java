package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Profiles from what is still connected, with their figures. */
final class Assembly {
  private final GraphRules rules;
  private final Evidence evidence;
  private final Rulings rulings;
  private final Counted counted;
  private final Breaking breaking;
  private final List<Edge> kept = new ArrayList<>();
  private final List<DroppedEdge> dropped = new ArrayList<>();

  Assembly(
      GraphRules rules, Evidence evidence, Rulings rulings, Counted counted, Breaking breaking) {
    this.rules = rules;
    this.evidence = evidence;
    this.rulings = rulings;
    this.counted = counted;
    this.breaking = breaking;
  }

  Resolution resolution() {
    dropped.addAll(counted.dropped());
    dropped.addAll(rulings.contradicted);
    rulings.mustLinks.forEach(must -> kept.add(Rulings.edge(must)));
    sortOut();
    kept.sort(null);
    dropped.sort(null);
    return new Resolution(profiles(), kept, dropped, counted.excluded(), breaking.notes());
  }

  /** Evidence within a piece is kept, the rest was cut. */
  private void sortOut() {
    Links links = breaking.links();
    Map<Long, Integer> linkOf = new HashMap<>();
    for (int i = 0; i < links.size; i++) {
      if (breaking.label(links.u[i]) != breaking.label(links.v[i])) {
        linkOf.put(pair(links.u[i], links.v[i]), i);
      }
    }
    for (Edge edge : counted.edges()) {
      int left = rulings.cluster[evidence.number(edge.left())];
      int right = rulings.cluster[evidence.number(edge.right())];
      if (breaking.label(left) == breaking.label(right)) {
        kept.add(edge);
      } else {
        dropped.add(breaking.dropped(edge, linkOf.get(pair(left, right))));
      }
    }
  }

  private static long pair(int one, int other) {
    return ((long) Math.min(one, other) << Integer.SIZE) | Math.max(one, other);
  }

  private List<Profile> profiles() {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < evidence.size(); i++) {
      if (!counted.isExcluded(evidence.identifiers[i])) {
        int label = breaking.label(rulings.cluster[i]);
        members.computeIfAbsent(label, key -> new ArrayList<>()).add(i);
      }
    }
    Strengths strengths = new Strengths(evidence, kept);
    List<Profile> profiles = new ArrayList<>(members.size());
    members.values().forEach(numbers -> profiles.add(profile(numbers, strengths)));
    profiles.sort(Comparator.comparing(Profile::id));
    return profiles;
  }

  private Profile profile(List<Integer> members, Strengths strengths) {
    int oldest = members.get(0);
    for (int member : members) {
      oldest = evidence.older(member, oldest) ? member : oldest;
    }
    Identifier first = evidence.identifiers[oldest];
    return new Profile(
        ProfileId.of(rules.graph(), first),
        first,
        members.stream().map(member -> evidence.identifiers[member]).toList(),
        strengths.weakestLink(oldest),
        strengths.density(oldest, members.size()),
        evidence.firstSeen[oldest]);
  }

  /** Kruskal's maximum spanning tree of each profile: its last edge is its weakest. */
  private static final class Strengths {
    private final UnionFind trees;
    private final double[] weakest;
    private final long[] pairs;

    Strengths(Evidence evidence, List<Edge> kept) {
      this.trees = new UnionFind(evidence.size());
      this.weakest = new double[evidence.size()];
      this.pairs = new long[evidence.size()];
      List<Edge> strongestFirst = new ArrayList<>(kept);
      strongestFirst.sort(Comparator.comparingDouble(Edge::confidence).reversed());
      for (Edge edge : strongestFirst) {
        int left = evidence.number(edge.left());
        if (trees.union(left, evidence.number(edge.right()))) {
          weakest[trees.find(left)] = edge.confidence();
        }
      }
      countPairs(evidence, kept);
    }

    private void countPairs(Evidence evidence, List<Edge> sorted) {
      Edge before = null;
      for (Edge edge : sorted) {
        boolean samePair =
            before != null
                && before.left().equals(edge.left())
                && before.right().equals(edge.right());
        if (!samePair) {
          pairs[trees.find(evidence.number(edge.left()))]++;
        }
        before = edge;
      }
    }

    double weakestLink(int member) {
      double confidence = weakest[trees.find(member)];
      return confidence == 0 ? 1 : confidence;
    }

    double density(int member, long size) {
      return size == 1 ? 1 : pairs[trees.find(member)] / (size * (size - 1) / 2.0);
    }
  }
}
