package dev.tributary.predictor.online;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Replays recorded runs of one job through a {@link RunMonitor}, each predicted before it is seen.
 */
public final class Replay {
  private static final int PERMUTATIONS = 40;
  private static final long SEED = 20_260_101L;

  private Replay() {}

  /**
   * One run as it went.
   *
   * @param run the run
   * @param prediction what was said before; empty for the first ones
   * @param verdict what its outcome meant
   */
  public record Step(Run run, Optional<Prediction> prediction, Verdict verdict) {}

  /**
   * Detection of an injected drift.
   *
   * @param factor by which the runtime of every run from a start on, and each of its parts, was
   *     multiplied
   * @param starts number of starts tried
   * @param seenWithinFive share of them with an alarm for slower runs within five runs
   * @param medianDelay median number of runs until the alarm, the first drifted run being 1;
   *     infinite where most were not seen
   */
  public record Detection(double factor, int starts, double seenWithinFive, double medianDelay) {}

  /**
   * Replays finished runs in the order given.
   *
   * @param runs of one job
   * @param confidence probability that intervals are to cover, (0, 1)
   */
  public static List<Step> run(List<Run> runs, double confidence) {
    return run(runs, confidence, step -> false);
  }

  /** Replays up to the first step that is wanted. */
  private static List<Step> run(List<Run> runs, double confidence, Predicate<Step> last) {
    RunMonitor monitor =
        new RunMonitor(runs.isEmpty() ? "" : runs.get(0).job(), confidence, new RidgeTrainer());
    List<Step> steps = new ArrayList<>();
    for (Run run : runs) {
      if (!steps.isEmpty() && last.test(steps.get(steps.size() - 1))) {
        break;
      }
      Optional<Prediction> prediction = monitor.before(run);
      if (run.outcome() == Outcome.FINISHED) {
        Verdict verdict = monitor.after(run);
        steps.add(new Step(run, prediction, verdict));
      } else {
        monitor.abandon();
      }
    }
    return steps;
  }

  /** Share of predicted runs inside their interval; NaN with none. */
  public static double coverage(List<Step> steps) {
    return steps.stream()
        .flatMap(s -> s.verdict().inside().stream())
        .mapToInt(inside -> inside ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** Median of the absolute percentage errors of the predictions; NaN with none. */
  public static double medianError(List<Step> steps) {
    double[] errors =
        steps.stream()
            .filter(s -> s.prediction().isPresent())
            .mapToDouble(
                s -> {
                  double actual = RidgeTrainer.seconds(s.run().runtime());
                  return Math.abs(s.prediction().get().expected() - actual) / actual;
                })
            .toArray();
    return errors.length == 0 ? Double.NaN : RidgeTrainer.median(errors);
  }

  /**
   * Alarms in 60 runs without drift, those of one change counted once: the mean over random orders
   * of the runs, which are exchangeable and so have none.
   */
  public static double falseAlarmsInSixty(List<Run> runs, double confidence) {
    long alarms =
        orders(runs).parallelStream()
            .flatMap(order -> run(order, confidence).stream())
            .filter(step -> step.verdict().isNewDrift())
            .count();
    return 60.0 * alarms / PERMUTATIONS / runs.size();
  }

  /**
   * Injects a drift into random orders of the runs, from their middle on, and looks for its alarm.
   *
   * @param factor above 1
   */
  public static Detection detect(List<Run> runs, double confidence, double factor) {
    double[] delays =
        orders(runs).parallelStream()
            .mapToDouble(order -> delay(order, confidence, factor))
            .sorted()
            .toArray();
    double seen = Arrays.stream(delays).filter(d -> d <= 5).count() / (double) PERMUTATIONS;
    return new Detection(factor, PERMUTATIONS, seen, delays[PERMUTATIONS / 2]);
  }

  /** Runs from the drift to its alarm; infinite without one. */
  private static double delay(List<Run> order, double confidence, double factor) {
    int start = order.size() / 2;
    order.subList(start, order.size()).replaceAll(run -> RunParts.slower(run, factor));
    Predicate<Step> seen =
        step ->
            step.verdict().run() >= start
                && step.verdict().drift().equals(Optional.of(Verdict.Drift.SLOWER));
    return run(order, confidence, seen).stream()
        .filter(seen)
        .mapToDouble(step -> step.verdict().run() - start + 1)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Random orders of the runs, the same every time. */
  private static List<List<Run>> orders(List<Run> runs) {
    Random random = new Random(SEED);
    List<List<Run>> orders = new ArrayList<>();
    for (int i = 0; i < PERMUTATIONS; i++) {
      List<Run> order = new ArrayList<>(runs);
      Collections.shuffle(order, random);
      orders.add(order);
    }
    return orders;
  }
}
