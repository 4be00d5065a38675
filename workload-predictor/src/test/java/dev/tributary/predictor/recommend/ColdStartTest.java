package dev.tributary.predictor.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.recommend.Recommendation.FirstPick;
import dev.tributary.predictor.recommend.Recommendation.NoAdvice;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.runtime.RuntimeModels;
import dev.tributary.predictor.runtime.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColdStartTest {
  private static final ModelSource MODELS =
      new FittedModels(
          runs -> RuntimeModels.fit(runs, Target.RUNTIME_SECONDS, 1),
          runs -> RuntimeModels.fit(runs, Target.CPU_UTILISATION, 1));
  private static final Map<String, Double> LIKE_SCAN = Map.of("rows", 1e6);
  private static final Map<String, Double> LIKE_WALK = Map.of("links", 1e6);

  /** Scans are cheapest on few machines, walks on many fat ones. */
  private static List<Run> others() {
    List<Run> runs = new ArrayList<>();
    for (String type : List.of("small", "fat")) {
      for (int workers : new int[] {2, 4, 8}) {
        for (String scan : List.of("scan-a", "scan-b")) {
          double seconds = 300 + 2400.0 / workers;
          runs.add(finished(scan, type, workers, seconds, LIKE_SCAN, 0.1));
        }
        double seconds = (type.equals("fat") ? 1 : 3) * (10 + 9000 / Math.pow(workers, 1.5));
        runs.add(finished("walk", type, workers, seconds, LIKE_WALK, 5));
      }
    }
    return runs;
  }

  @Test
  void aNewJobStartsOnWhatDidWellForTheJobsThatAreAlike() {
    FirstPick scan = first(others(), LIKE_SCAN, Constraints.NONE);
    FirstPick walk = first(others(), LIKE_WALK, Constraints.NONE);
    assertThat(scan.cluster().label()).isEqualTo("2 × small on-demand");
    assertThat(scan.jobs())
        .extracting(Recommendation.Alike::job)
        .containsExactly("scan-a", "scan-b");
    assertThat(walk.cluster().label()).isEqualTo("8 × fat on-demand");
    assertThat(walk.jobs()).extracting(Recommendation.Alike::job).containsExactly("walk");
  }

  @Test
  void aFirstPickIsNeverKnownAndSaysWhoseRunsItComesFrom() {
    FirstPick pick = first(others(), LIKE_SCAN, Constraints.NONE);
    assertThat(pick.candidates()).isNotEmpty().noneMatch(of -> of.runtime().known());
    assertThat(pick.chosen().runtime().expected()).isBetween(1_400.0, 1_600.0);
    assertThat(pick.why())
        .contains("no run of job 'new' is known")
        .contains("scan-a (1.00)")
        .contains("2 of them finished on this cluster");
  }

  @Test
  void whereNothingIsKnownOfTheJobAllOthersAreAsked() {
    FirstPick pick = first(others(), Map.of(), Constraints.NONE);
    assertThat(pick.why()).contains("nothing tells which of 3 other jobs are alike");
    assertThat(pick.jobs()).hasSize(3).allMatch(job -> job.likeness().isEmpty());
  }

  @Test
  void whereNoneIsAlikeTheMostMemoryOnWhichNoneFailedIsTaken() {
    List<Run> runs = new ArrayList<>(others());
    runs.add(ended("scan-a", "big", 2, LIKE_SCAN, Outcome.OUT_OF_MEMORY));
    FirstPick pick = first(runs, Map.of("pixels", 1e6), Constraints.NONE);
    assertThat(pick.why()).contains("none of 3 other jobs is alike");
    assertThat(pick.cluster().offer().type()).isEqualTo("fat");
  }

  @Test
  void noClusterIsTakenOnWhichAnotherJobFailed() {
    List<Run> runs = new ArrayList<>(others());
    for (int workers : new int[] {2, 4, 8}) {
      runs.add(ended("scan-b", "small", workers, LIKE_SCAN, Outcome.OUT_OF_MEMORY));
    }
    assertThat(first(runs, LIKE_SCAN, Constraints.NONE).cluster().offer().type()).isEqualTo("fat");
  }

  @Test
  void theClassIsFoundFromTheLogOfARunThatFailed() {
    List<Run> runs = new ArrayList<>();
    for (Run run : others()) {
      runs.add(
          finished(
              run.job(),
              run.cluster().machineType(),
              run.cluster().workers(),
              run.runtime().toSeconds(),
              Map.of(),
              run.features().get("shuffle_write_bytes")));
    }
    Run failed = ended("new", "small", 4, Map.of(), Outcome.FAILED);
    runs.add(failed.withFeature("shuffle_write_bytes", 4.4).withFeature("input_bytes", 1));
    FirstPick pick = first(runs, Map.of(), Constraints.NONE);
    assertThat(pick.jobs()).extracting(Recommendation.Alike::job).containsExactly("walk");
    assertThat(pick.cluster().offer().type()).isEqualTo("fat");
    assertThat(pick.why()).contains("none of 1 runs has finished");
    assertThat(pick.changes()).extracting(Recommendation.Change::setting).contains("machine type");
  }

  @Test
  void aJobThatRanOutOfMemoryGetsHalfAsMuchAgain() {
    List<Run> runs = new ArrayList<>(others());
    runs.add(ended("new", "small", 2, LIKE_SCAN, Outcome.OUT_OF_MEMORY));
    assertThat(first(runs, LIKE_SCAN, Constraints.NONE).cluster().offer().memoryMb())
        .isGreaterThanOrEqualTo(1.5 * 17_000);
  }

  @Test
  void whatIsEnforcedStandsThoughNobodyRanOnIt() {
    Constraints enforced =
        Fixtures.onDemand(null, new Enforced(Optional.of("big"), OptionalInt.of(3), Map.of()));
    FirstPick pick = first(others(), LIKE_SCAN, enforced);
    assertThat(pick.cluster().label()).isEqualTo("3 × big on-demand");
    assertThat(pick.why()).contains("none of them ran on this cluster");
    assertThat(pick.carriedOver()).hasSize(2);
  }

  @Test
  void theDeadlineIsHeldAgainstWhatTheOthersTook() {
    FirstPick pick =
        first(others(), LIKE_SCAN, Fixtures.onDemand(Duration.ofSeconds(950), Enforced.NOTHING));
    assertThat(pick.cluster().workers()).isEqualTo(4);
    Recommendation none =
        ask(others(), LIKE_SCAN, Fixtures.onDemand(Duration.ofSeconds(99), Enforced.NOTHING));
    assertThat(none).isInstanceOf(NoAdvice.class);
    assertThat(((NoAdvice) none).nearestMiss()).isPresent();
  }

  @Test
  void whatHasNoKnownRuntimeKeepsNoDeadline() {
    Enforced big = new Enforced(Optional.of("big"), OptionalInt.of(3), Map.of());
    Recommendation none = ask(others(), LIKE_SCAN, Fixtures.onDemand(Duration.ofHours(9), big));
    assertThat(((NoAdvice) none).why()).contains("has no known runtime");
  }

  @Test
  void anInputOfZeroTellsNothingOfLikeness() {
    Map<String, Double> empty = Map.of("rows", 0.0);
    assertThat(first(others(), empty, Constraints.NONE).why())
        .contains("nothing tells which of 3 other jobs are alike");
  }

  @Test
  void withoutAPricedMachineThereIsNoAdvice() {
    List<Run> runs = List.of(finished("scan-a", "nobody-sells", 2, 60, LIKE_SCAN, 1));
    assertThat(((NoAdvice) ask(runs, LIKE_SCAN, Constraints.NONE)).why())
        .contains("none ran on a priced machine type");
  }

  @Test
  void theOrderOfTheRunsDoesNotMatter() {
    List<Run> shuffled = new ArrayList<>(others());
    Collections.shuffle(shuffled, new Random(5));
    FirstPick one = first(others(), LIKE_SCAN, Constraints.NONE);
    FirstPick other = first(shuffled, LIKE_SCAN, Constraints.NONE);
    assertThat(other.cluster()).isEqualTo(one.cluster());
    assertThat(other.jobs()).isEqualTo(one.jobs());
  }

  @Test
  void aJobWithAFinishedRunIsLeftToItsOwn() {
    List<Run> runs = new ArrayList<>(others());
    runs.add(finished("new", "small", 4, 100, LIKE_SCAN, 1));
    assertThat(ask(runs, LIKE_SCAN, Constraints.NONE)).isNotInstanceOf(FirstPick.class);
  }

  private static FirstPick first(
      List<Run> runs, Map<String, Double> inputs, Constraints constraints) {
    return (FirstPick) ask(runs, inputs, constraints);
  }

  private static Recommendation ask(
      List<Run> runs, Map<String, Double> inputs, Constraints constraints) {
    return new Recommender(Fixtures.PRICES, MODELS)
        .recommend(
            new Request(
                "new",
                runs,
                inputs.isEmpty() ? Optional.empty() : Optional.of(inputs),
                constraints,
                Platform.SPARK_SUBMIT));
  }

  private static Run finished(
      String job,
      String type,
      int workers,
      double seconds,
      Map<String, Double> inputs,
      double shuffle) {
    return new Run(
        job,
        job + type + workers,
        Optional.empty(),
        new Cluster(type, workers, 4, type.equals("fat") ? 34_000 : 17_000),
        inputs,
        Duration.ofMillis(Math.round(1000 * seconds)),
        OptionalDouble.of(3_000),
        OptionalDouble.empty(),
        Outcome.FINISHED,
        Map.of("shuffle_write_bytes", shuffle, "input_bytes", 1.0));
  }

  private static Run ended(
      String job, String type, int workers, Map<String, Double> inputs, Outcome outcome) {
    return new Run(
        job,
        job + type + workers + outcome,
        Optional.empty(),
        new Cluster(type, workers, 4, 17_000),
        inputs,
        Duration.ofSeconds(20),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        outcome,
        Map.of());
  }
}
