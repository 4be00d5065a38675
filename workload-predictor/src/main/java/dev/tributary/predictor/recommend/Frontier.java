package dev.tributary.predictor.recommend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The cost–time frontier: what cannot be made quicker without paying more. */
public final class Frontier {
  private static final Comparator<Assessment> BY_TIME =
      Comparator.comparingDouble((Assessment of) -> of.runtime().upper())
          .thenComparingDouble(of -> of.costBound().usd())
          .thenComparing(of -> of.candidate().label());

  private Frontier() {}

  /**
   * The candidates that none beats in both the bound of the runtime and that of the cost; only
   * known ones with enough memory. Quickest and dearest first.
   */
  public static List<Assessment> of(List<Assessment> candidates) {
    List<Assessment> frontier = new ArrayList<>();
    double cheapest = Double.POSITIVE_INFINITY;
    for (Assessment next :
        candidates.stream().filter(Assessment::isSafe).sorted(BY_TIME).toList()) {
      if (next.costBound().usd() < cheapest) {
        frontier.add(next);
        cheapest = next.costBound().usd();
      }
    }
    return List.copyOf(frontier);
  }
}
