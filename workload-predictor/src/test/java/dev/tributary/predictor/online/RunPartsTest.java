package dev.tributary.predictor.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.online.Verdict.Drift;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunPartsTest {
  /** One part keeps its time; each of four others is now and then ten times as long. */
  private static List<Run> runs(int count, long seed) {
    Random random = new Random(seed);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Double> parts = new ArrayList<>(List.of(100 * Math.exp(0.1 * random.nextGaussian())));
      for (int part = 0; part < 4; part++) {
        double longer = random.nextDouble() < 0.4 ? 10 : 1;
        parts.add(50 * longer * Math.exp(0.1 * random.nextGaussian()));
      }
      double sum = parts.stream().mapToDouble(Double::doubleValue).sum();
      runs.add(RunParts.with(RunMonitorTest.run(i, 8, 1000, sum), parts));
    }
    return runs;
  }

  @Test
  void aDriftOfAllPartsTellsAndOfSomeDoesNot() {
    List<Run> runs = runs(41, 1);
    Run usual = RunParts.with(runs.get(40), List.of(100.0, 500.0, 50.0, 500.0, 500.0));
    Run slow = RunParts.slower(usual, 1.5);

    assertThat(deviations(usual, runs)).isLessThan(1.5);
    assertThat(deviations(slow, runs)).isGreaterThan(3);
    assertThat(deviations(RunParts.slower(usual, 5), runs)).isGreaterThan(3);
  }

  private static double deviations(Run ended, List<Run> runs) {
    return RunParts.of(runs.subList(0, 40), ended, 40, new RidgeTrainer())
        .orElseThrow()
        .scores()
        .slower()
        .deviations();
  }

  @Test
  void aQuietJobIsNotAlarmedByWhatWouldBeUsualInOthers() {
    Random random = new Random(3);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      List<Double> parts = new ArrayList<>();
      for (int part = 0; part < 10; part++) {
        parts.add(60 * Math.exp(0.001 * random.nextGaussian()));
      }
      double sum = parts.stream().mapToDouble(Double::doubleValue).sum();
      runs.add(RunParts.with(RunMonitorTest.run(i, 8, 1000, sum), parts));
    }

    assertThat(deviations(RunParts.slower(runs.get(40), 1.02), runs)).isLessThan(1.25);
    assertThat(deviations(RunParts.slower(runs.get(40), 1.5), runs)).isGreaterThan(3);
  }

  @Test
  void aDriftThatDrownsInTheWholeIsSeenInTheParts() {
    List<Run> runs = runs(60, 2);
    List<Run> bare = runs.stream().map(run -> run.withFeatures(java.util.Map.of())).toList();

    Replay.Detection parts = Replay.detect(runs, 0.9, 1.5);
    Replay.Detection whole = Replay.detect(bare, 0.9, 1.5);

    assertThat(parts.seenWithinFive()).isGreaterThan(0.8);
    assertThat(whole.seenWithinFive()).isLessThan(0.5);
    assertThat(Replay.falseAlarmsInSixty(runs, 0.9)).isLessThanOrEqualTo(1);
  }

  /** Parts that go slow together, and failures from some part on. */
  private static List<Run> failing(int count, Random random) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double whole = 0.12 * random.nextGaussian();
      int failed = random.nextDouble() < 0.4 ? random.nextInt(12) : 12;
      double longer = 0.7 + 2.3 * random.nextDouble();
      List<Double> parts = new ArrayList<>();
      for (int part = 0; part < 12; part++) {
        double error = whole + 0.1 * random.nextGaussian() + (part < failed ? 0 : longer);
        parts.add(20 * Math.exp(error));
      }
      double sum = parts.stream().mapToDouble(Double::doubleValue).sum();
      runs.add(RunParts.with(RunMonitorTest.run(i, 8, 1000, sum), parts));
    }
    return runs;
  }

  @Test
  void failuresAreNoDrift() {
    Random random = new Random(4);
    int jobs = 20;
    long alarms = 0;
    for (int job = 0; job < jobs; job++) {
      alarms +=
          Replay.run(failing(60, random), 0.9).stream()
              .filter(s -> s.verdict().drift().isPresent())
              .count();
    }
    double seen = Replay.detect(failing(60, random), 0.9, 1.5).seenWithinFive();
    System.out.printf(
        "failures in two of five runs: %.2f false alarms in 60 runs, %.0f %% of drifts seen%n",
        alarms / (double) jobs, 100 * seen);
    assertThat(alarms).isLessThanOrEqualTo(jobs);
    assertThat(seen).isGreaterThan(0.8);
  }

  /** Parts of a minute each; from some run on, more of them. */
  private static List<Run> growing(int count, int from, int more, Random random) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Double> parts = new ArrayList<>();
      for (int part = 0; part < 6 + (i < from ? 0 : more); part++) {
        parts.add(60 * Math.exp(0.2 * random.nextGaussian()));
      }
      double sum = parts.stream().mapToDouble(Double::doubleValue).sum();
      runs.add(RunParts.with(RunMonitorTest.run(i, 8, 1000, sum), parts));
    }
    return runs;
  }

  @Test
  void aDriftThatOnlyAddsPartsIsSeen() {
    Random random = new Random(6);
    int jobs = 20;
    int start = 30;
    int seen = 0;
    int alarms = 0;
    for (int job = 0; job < jobs; job++) {
      List<Replay.Step> steps = Replay.run(growing(start + 5, start, 3, random), 0.9);
      seen += slower(steps.subList(start, start + 5)) > 0 ? 1 : 0;
      alarms += slower(steps.subList(0, start));
    }
    System.out.printf(
        "three parts more than six: %d of %d seen within five runs, %d alarms before%n",
        seen, jobs, alarms);
    assertThat(seen).isGreaterThanOrEqualTo(jobs * 9 / 10);
    assertThat(alarms).isLessThanOrEqualTo(jobs / 2);
  }

  private static int slower(List<Replay.Step> steps) {
    return (int)
        steps.stream()
            .filter(s -> s.verdict().drift().equals(java.util.Optional.of(Drift.SLOWER)))
            .count();
  }

  @Test
  void runsOfFewPartsAreHeldToTheWhole() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      runs.add(RunParts.with(RunMonitorTest.run(i, 8, 1000, 30), List.of(10.0, 20.0)));
    }

    assertThat(RunParts.of(runs, runs.get(0), 40, new RidgeTrainer())).isEmpty();
  }

  @Test
  void aRunWithoutPartsIsHeldToTheWhole() {
    List<Run> order = new ArrayList<>(runs(30, 3));
    for (int i = 30; i < 40; i++) {
      order.add(RunMonitorTest.run(i, 8, 1000, 20_000));
    }

    List<Replay.Step> steps = Replay.run(order, 0.9);

    assertThat(steps.subList(30, 40))
        .flatMap(step -> step.verdict().drift().stream().toList())
        .contains(Drift.SLOWER);
  }
}
