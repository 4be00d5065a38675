package dev.tributary.predictor.recommend;

import dev.tributary.predictor.recommend.Recommendation.Change;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What is another than at the latest run, and why. */
final class Differences {
  private Differences() {}

  static List<Change> changes(Request request, Candidate next, Assessment because) {
    Cluster last = request.latest().cluster();
    String why =
        because == null
            ? "what worked before is known to be safe"
            : "the cheapest whose bounds keep the constraints: %s, %s"
                .formatted(
                    Values.time(because.runtime().upper()), Values.usd(because.costBound().usd()));
    List<Change> changes = new ArrayList<>();
    add(changes, "machine type", last.machineType(), next.offer().type(), why);
    add(changes, "workers", "" + last.workers(), "" + next.workers(), why);
    add(changes, "cores per worker", "" + last.coresPerWorker(), "" + next.offer().cores(), why);
    boolean ranOut = request.latest().outcome() == Outcome.OUT_OF_MEMORY;
    add(
        changes,
        "memory per worker",
        Values.mb(last.memoryMbPerWorker()),
        Values.mb(next.offer().memoryMb()),
        ranOut ? "the latest run ran out of memory" : why);
    return List.copyOf(changes);
  }

  private static void add(
      List<Change> changes, String setting, String from, String to, String why) {
    if (!from.equals(to)) {
      changes.add(new Change(setting, from, to, why));
    }
  }
}
