package dev.tributary.pipelines.identity.privacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Agglomeration that joins two clusters by the mean weight of the pairs across them. */
final class MeanLinkage {
  private final double unknown;
  private final int[] cluster;
  private final List<List<Integer>> members = new ArrayList<>();
  private final Map<Long, Double> weights = new HashMap<>();

  /**
   * @param unknown the weight of a pair that was not compared
   */
  MeanLinkage(int records, double unknown) {
    this.unknown = unknown;
    this.cluster = new int[records];
    for (int i = 0; i < records; i++) {
      cluster[i] = i;
      members.add(new ArrayList<>(List.of(i)));
    }
  }

  void know(int a, int b, double weight) {
    weights.put(pair(a, b), weight);
  }

  private static long pair(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  /** Joins the clusters of two records if the mean weight across is at least {@code least}. */
  boolean join(int a, int b, double least) {
    int into = cluster[a];
    int from = cluster[b];
    if (into == from || mean(members.get(into), members.get(from)) < least) {
      return into == from;
    }
    if (members.get(into).size() < members.get(from).size()) {
      int larger = from;
      from = into;
      into = larger;
    }
    for (int member : members.get(from)) {
      cluster[member] = into;
      members.get(into).add(member);
    }
    members.set(from, List.of());
    return true;
  }

  private double mean(List<Integer> left, List<Integer> right) {
    double sum = 0;
    for (int a : left) {
      for (int b : right) {
        sum += weights.getOrDefault(pair(a, b), unknown);
      }
    }
    return sum / left.size() / right.size();
  }
}
