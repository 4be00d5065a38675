package dev.tributary.predictor.recommend;

import dev.tributary.predictor.price.Cloud;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.recommend.Recommendation.Change;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;

/** What is another than at the latest run, and why. */
final class Differences {
  private static final double SAME_MEMORY = 0.1;

  private Differences() {}

  static List<Change> changes(Request request, Candidate next, Assessment because) {
    return changes(
        request,
        next,
        (because.inTime().isPresent()
                ? "the cheapest whose bounds keep the constraints, the price of being late counted: %s, %s"
                : "the cheapest whose bounds keep the constraints: %s, %s")
            .formatted(
                Values.time(because.runtime().upper()), Values.usd(because.costBound().usd())));
  }

  /** Nothing where there was no run. */
  static List<Change> changes(Request request, Candidate next, String why) {
    return request.latest().map(latest -> changes(latest, next, why)).orElse(List.of());
  }

  private static List<Change> changes(Run latest, Candidate next, String why) {
    Cluster last = latest.cluster();
    List<Change> changes = new ArrayList<>();
    add(changes, "machine type", last.machineType(), next.offer().type(), why);
    add(changes, "workers", "" + last.workers(), "" + next.workers(), why);
    add(changes, "cores per worker", "" + last.coresPerWorker(), "" + next.offer().cores(), why);
    if (isSameMachine(last, next.offer())) {
      return List.copyOf(changes);
    }
    boolean ranOut = latest.outcome() == Outcome.OUT_OF_MEMORY;
    add(
        changes,
        "memory per worker",
        Values.mb(last.memoryMbPerWorker()),
        Values.mb(next.offer().memoryMb()),
        ranOut ? "the latest run ran out of memory" : why);
    return List.copyOf(changes);
  }

  /**
   * A cloud's machine type has one memory, whatever part of it, or in whatever unit, a run
   * reported. Other types may come in sizes: there a tenth is taken for a matter of the unit.
   */
  private static boolean isSameMachine(Cluster last, Offer next) {
    return last.machineType().equals(next.type())
        && last.coresPerWorker() == next.cores()
        && (next.cloud() != Cloud.OTHER
            || Math.abs(last.memoryMbPerWorker() / next.memoryMb() - 1) < SAME_MEMORY);
  }

  private static void add(
      List<Change> changes, String setting, String from, String to, String why) {
    if (!from.equals(to)) {
      changes.add(new Change(setting, from, to, why));
    }
  }
}
