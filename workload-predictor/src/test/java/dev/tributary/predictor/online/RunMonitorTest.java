package dev.tributary.predictor.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.online.Verdict.Change;
import dev.tributary.predictor.online.Verdict.Drift;
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
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RunMonitorTest {
  private static final double CONFIDENCE = 0.9;

  static Run run(int index, int workers, double megabytes, double seconds) {
    return new Run(
        "job",
        "run-" + index,
        Optional.of(Instant.EPOCH.plusSeconds(3600L * index)),
        new Cluster("m", workers, 4, 16_000),
        Map.of("input_mb", megabytes),
        Duration.ofNanos(Math.round(seconds * 1e9)),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Outcome.FINISHED,
        Map.of());
  }

  /** Noisy runs whose level is multiplied by {@code factor} of the run's index. */
  static List<Run> runs(int count, long seed, IntToDoubleFunction factor) {
    Random random = new Random(seed);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int workers = 4 + random.nextInt(12);
      double megabytes = 1000 + random.nextInt(9000);
      double seconds =
          megabytes / workers * Math.exp(0.15 * random.nextGaussian()) * factor.applyAsDouble(i);
      runs.add(run(i, workers, megabytes, seconds));
    }
    return runs;
  }

  @Test
  void intervalsCoverWhatWasAskedForEvenAfterTheJobChanged() {
    List<Replay.Step> steps = Replay.run(runs(400, 1, i -> i < 150 ? 1 : 1.8), CONFIDENCE);

    assertThat(Replay.coverage(steps)).isBetween(0.88, 0.93);
  }

  @Test
  void itLearnsTheInputsAndTheScaleOut() {
    List<Replay.Step> steps = Replay.run(runs(120, 2, i -> 1), CONFIDENCE);

    assertThat(Replay.medianError(steps)).isLessThan(0.15);
  }

  @Test
  void aDriftOfHalfIsSeenWithinFiveRunsAndAChallengerIsPromoted() {
    int start = 40;
    int jobs = 20;
    int seen = 0;
    int promoted = 0;
    for (int seed = 0; seed < jobs; seed++) {
      List<Replay.Step> steps =
          Replay.run(runs(80, 300 + seed, i -> i < start ? 1 : 1.5), CONFIDENCE);
      seen += alarms(steps.subList(start, start + 5)).contains(Drift.SLOWER) ? 1 : 0;
      promoted += changes(steps.subList(start, 80)).contains(Change.PROMOTED) ? 1 : 0;
      assertThat(Replay.medianError(steps.subList(60, 80))).isLessThan(0.3);
    }
    System.out.printf(
        "drift of half in %d jobs: %d seen in 5 runs, %d promoted%n", jobs, seen, promoted);
    assertThat(seen).isGreaterThanOrEqualTo(jobs * 9 / 10);
    assertThat(promoted).isGreaterThanOrEqualTo(jobs * 9 / 10);
  }

  @Test
  void falseAlarmsAreAtMostOneInSixtyRuns() {
    long alarms = 0;
    int jobs = 20;
    for (int seed = 0; seed < jobs; seed++) {
      alarms += alarms(Replay.run(runs(60, 100 + seed, i -> 1), CONFIDENCE)).size();
    }
    System.out.printf("false alarms in %d jobs of 60 runs: %d%n", jobs, alarms);
    assertThat(alarms).isLessThanOrEqualTo(jobs);
  }

  @Test
  void aDriftThatPassesBringsTheFormerChampionBack() {
    List<Replay.Step> steps = Replay.run(runs(100, 5, i -> i >= 40 && i < 52 ? 3 : 1), CONFIDENCE);

    assertThat(changes(steps)).containsSubsequence(Change.PROMOTED, Change.ROLLED_BACK);
  }

  @Test
  void aMonitorOfManyRunsStillCovers() {
    List<Replay.Step> steps = Replay.run(runs(430, 7, i -> i < 200 ? 1 : 1.7), CONFIDENCE);

    assertThat(Replay.coverage(steps)).isBetween(0.88, 0.93);
  }

  @Test
  void aScaleOutFarFromEveryRunIsNotKnown() {
    RunMonitor monitor = monitor();
    for (Run run : runs(20, 8, i -> 1)) {
      monitor.before(run);
      monitor.after(run);
    }

    assertThat(monitor.before(run(21, 100, 4000, 1)).orElseThrow().known()).isFalse();
    assertThat(monitor.before(run(21, 10, 4000, 1)).orElseThrow().known()).isTrue();
  }

  @Test
  void aRunThatFailedTeachesNothing() {
    RunMonitor monitor = monitor();
    for (Run run : runs(10, 9, i -> 1)) {
      monitor.before(run);
      monitor.after(run);
    }
    Optional<Prediction> before = monitor.before(run(11, 8, 4000, 1));
    monitor.abandon();

    assertThat(before).isPresent();
    assertThat(monitor.before(run(12, 8, 4000, 1))).isEqualTo(before);
  }

  @Test
  void anOutcomeWithoutAPredictionIsRefused() {
    assertThatThrownBy(() -> monitor().after(run(1, 8, 4000, 1)))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("no open prediction");
  }

  private static RunMonitor monitor() {
    return new RunMonitor("job", CONFIDENCE, new RidgeTrainer());
  }

  private static List<Drift> alarms(List<Replay.Step> steps) {
    return steps.stream().flatMap(s -> s.verdict().drift().stream()).toList();
  }

  private static List<Change> changes(List<Replay.Step> steps) {
    return steps.stream().flatMap(s -> s.verdict().change().stream()).toList();
  }
}
