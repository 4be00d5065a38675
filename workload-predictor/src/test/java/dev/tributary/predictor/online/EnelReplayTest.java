package dev.tributary.predictor.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.online.Verdict.Drift;
import dev.tributary.predictor.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Recorded runs of two Spark applications in the order of time, failures injected by others. */
class EnelReplayTest {
  private static List<Run> runs(String name) {
    Path file =
        Path.of(System.getProperty("tributary.data", ""), "workload/enel/ellis-" + name + ".csv");
    Assumptions.assumeTrue(Files.isReadable(file), "skipped: there is no " + file);
    return TimeOrderedTable.read(
            file,
            new TimeOrderedTable.Columns(
                "", "ID", "STARTED_AT", "DURATION_MS", "SCALE_OUT", List.of()))
        .values()
        .iterator()
        .next();
  }

  @Test
  void intervalsOfNineTenthsCoverNineTenths() {
    List<Replay.Step> steps = new ArrayList<>();
    for (String name : List.of("kmeans", "logisticregression")) {
      List<Replay.Step> one = Replay.run(runs(name), 0.9);
      assertThat(one).hasSize(65);
      System.out.printf(
          "enel %s: coverage %.3f, median error %.3f%n",
          name, Replay.coverage(one), Replay.medianError(one));
      assertThat(Replay.coverage(one)).isBetween(0.86, 0.95);
      steps.addAll(one);
    }
    assertThat(Replay.coverage(steps)).isBetween(0.88, 0.93);
  }

  @Test
  void everyInjectedDriftIsSeenAndAlarmsAreRareElse() {
    for (String name : List.of("kmeans", "logisticregression")) {
      double alarms = Replay.falseAlarmsInSixty(runs(name), 0.9);
      System.out.printf("enel %s: %.2f false alarms in 60 runs%n", name, alarms);
      assertThat(alarms).isLessThanOrEqualTo(1.0);
    }
    for (String name : List.of("kmeans", "logisticregression")) {
      Replay.Detection half = Replay.detect(runs(name), 0.9, 1.5);
      System.out.println("enel %s: %s".formatted(name, half));
      assertThat(half.seenWithinFive()).isEqualTo(1);
    }
  }

  private static double median(List<Run> runs) {
    return RidgeTrainer.median(
        runs.stream().mapToDouble(run -> RidgeTrainer.seconds(run.runtime())).toArray());
  }

  @Test
  void alarmsInTheOrderOfTimeAreAtMostOneOutsideOfTheTenSlowRuns() {
    for (String name : List.of("kmeans", "logisticregression")) {
      List<Run> runs = runs(name);
      double slow = median(runs.subList(40, 50));
      Random random = new Random(7);
      int draws = 20_000;
      int asSlow = 0;
      for (int draw = 0; draw < draws; draw++) {
        List<Run> order = new ArrayList<>(runs);
        Collections.shuffle(order, random);
        asSlow += median(order.subList(0, 10)) >= slow ? 1 : 0;
      }
      List<Integer> alarms =
          Replay.run(runs, 0.9).stream()
              .filter(step -> step.verdict().isNewDrift())
              .map(step -> step.verdict().run() + 1)
              .toList();
      System.out.printf(
          "enel %s: alarms at %s; median of runs 1 to 40, 41 to 50, 51 to 60: %.0f, %.0f, %.0f s;"
              + " %.2f %% of draws of ten are as slow%n",
          name,
          alarms,
          median(runs.subList(0, 40)),
          slow,
          median(runs.subList(50, 60)),
          100.0 * asSlow / draws);
      assertThat(alarms).contains(45);
      assertThat(alarms.stream().filter(run -> run < 41 || run > 50)).hasSizeLessThanOrEqualTo(1);
      assertThat(asSlow).isLessThan(draws / 20);
    }
  }

  /** Other orders and starts than those of {@link Replay#detect}, which the constants have seen. */
  @Test
  void nearlyEveryDriftIsSeenWhereverItStarts() {
    int orders = 120;
    for (String name : List.of("kmeans", "logisticregression")) {
      List<Run> runs = runs(name);
      Random random = new Random(99);
      long seen = 0;
      for (int i = 0; i < orders; i++) {
        List<Run> order = new ArrayList<>(runs);
        Collections.shuffle(order, random);
        int start = 20 + random.nextInt(40);
        order = new ArrayList<>(order.subList(0, start + 5));
        order.subList(start, start + 5).replaceAll(run -> RunParts.slower(run, 1.5));
        seen +=
            Replay.run(order, 0.9).subList(start, start + 5).stream()
                    .anyMatch(s -> s.verdict().drift().equals(Optional.of(Drift.SLOWER)))
                ? 1
                : 0;
      }
      System.out.printf("enel %s: %d of %d drifts anywhere seen%n", name, seen, orders);
      assertThat(seen).isGreaterThanOrEqualTo(orders * 9 / 10);
    }
  }
}
