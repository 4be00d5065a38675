package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.MemoryModels;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.price.Cloud;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** A job whose runtime is known: 60 s and 4 core-seconds a row, give or take a tenth. */
public final class Fixtures {
  /** On demand 0.2 a 4 cores and 16 GiB; fat has twice the memory, risky and calm have spot. */
  public static final Prices PRICES =
      Prices.of(
          List.of(
              offer("small", 4, 16, 0.2, null),
              offer("fat", 4, 32, 0.27, null),
              offer("big", 8, 32, 0.4, null),
              offer("risky", 4, 16, 0.2, new Offer.Spot(0.05, 0.6)),
              offer("calm", 4, 16, 0.2, new Offer.Spot(0.08, 0.0001))));

  /** Time known up to 32 workers; memory by the runs. */
  public static final ModelSource MODELS =
      runs ->
          new JobModels(
              (cluster, inputs, confidence) -> {
                double expected = 60 + 4 * inputs.get("rows") / cluster.cores();
                double half = 0.1 * expected * (confidence > 0.96 ? 1.2 : 1);
                boolean known = cluster.workers() <= 32;
                return new Prediction(
                    expected,
                    expected - half,
                    expected + half,
                    confidence,
                    known,
                    "truth",
                    "as made");
              },
              MemoryModels.fit(runs),
              Optional.of(
                  (cluster, inputs, confidence) ->
                      new Prediction(0.7, 0.6, 0.8, confidence, true, "truth", "as made")));

  private Fixtures() {}

  /** An offer of no cloud. */
  public static Offer offer(String type, int cores, double gib, double usd, Offer.Spot spot) {
    return new Offer(type, Cloud.OTHER, cores, gib, usd, Optional.ofNullable(spot), "test");
  }

  /** Six runs on 4 small workers with peaks of 5 to 5.5 GB. */
  public static List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      runs.add(run(i, "small", 4, 17_000, 5_000 + 100 * i, Outcome.FINISHED));
    }
    return runs;
  }

  /** One run of a thousand rows. */
  public static Run run(
      int day, String type, int workers, double memory, double peak, Outcome outcome) {
    return new Run(
        "nightly",
        "run-" + day,
        Optional.of(Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(day))),
        new Cluster(type, workers, 4, memory),
        Map.of("rows", 10_000.0),
        Duration.ofSeconds(60 + 40_000 / (4L * workers)),
        peak > 0 ? OptionalDouble.of(peak) : OptionalDouble.empty(),
        OptionalDouble.of(0.7),
        outcome,
        Map.of());
  }

  /** A question of these runs. */
  public static Request request(List<Run> runs, Constraints constraints, Platform platform) {
    return new Request("nightly", runs, Optional.empty(), constraints, platform);
  }

  /** Constraints with the usual ones set. */
  public static Constraints constraints(
      Duration deadline,
      List<String> types,
      int least,
      int most,
      Set<Purchase> how,
      Enforced enforced) {
    return new Constraints(
        Optional.ofNullable(deadline),
        false,
        Prediction.CONFIDENCE,
        types,
        least,
        most > 0 ? OptionalInt.of(most) : OptionalInt.empty(),
        how,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        true,
        false,
        enforced);
  }

  /** Everything on demand. */
  public static Constraints onDemand(Duration deadline, Enforced enforced) {
    return constraints(deadline, List.of(), 1, 0, Set.of(Purchase.ON_DEMAND), enforced);
  }

  /** Enforced Spark settings. */
  public static Enforced conf(Map<String, String> conf) {
    return new Enforced(Optional.empty(), OptionalInt.empty(), conf);
  }
}
