package dev.tributary.predictor.recommend;

import static dev.tributary.predictor.recommend.Fixtures.MODELS;
import static dev.tributary.predictor.recommend.Fixtures.PRICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.recommend.Recommendation.Advice;
import dev.tributary.predictor.recommend.Recommendation.Cheapest;
import dev.tributary.predictor.recommend.Recommendation.KnownSafe;
import dev.tributary.predictor.recommend.Recommendation.NoAdvice;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecommenderTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void theChosenOneIsTheCheapestAtItsBoundOfThoseThatEndInTime() {
    for (int minutes : new int[] {20, 40, 60, 180}) {
      Duration deadline = Duration.ofMinutes(minutes);
      Cheapest answer =
          (Cheapest) ask(Fixtures.runs(), Fixtures.onDemand(deadline, Enforced.NOTHING));
      assertThat(answer.chosen().runtime().upper()).isLessThanOrEqualTo(deadline.toSeconds());
      assertThat(answer.candidates())
          .hasSizeGreaterThan(20)
          .filteredOn(of -> of.runtime().upper() <= deadline.toSeconds())
          .allSatisfy(
              of ->
                  assertThat(of.costBound().usd())
                      .isGreaterThanOrEqualTo(answer.chosen().costBound().usd()));
    }
  }

  @Test
  void whereLittleMoreBuysCertaintyItIsBought() {
    int bought = 0;
    for (int seconds = 1_200; seconds < 3_600; seconds += 20) {
      Constraints asked = Fixtures.onDemand(Duration.ofSeconds(seconds), Enforced.NOTHING);
      Cheapest answer = (Cheapest) ask(Fixtures.runs(), asked);
      Assessment chosen = answer.chosen();
      for (Assessment other : answer.candidates()) {
        if (other.fits() && other.costBound().usd() < chosen.costBound().usd()) {
          assertThat(other.inTime().orElseThrow()).isLessThan(chosen.inTime().orElseThrow());
          assertThat(other.rejection().orElseThrow().text()).contains("in time with probability");
          assertThat(chosen.costBound().usd() / other.costBound().usd()).isLessThan(1.14);
          bought++;
        }
      }
    }
    assertThat(bought).isPositive();
  }

  @Test
  void whatTheJobTakesAnywayHasNoPriceOfBeingLate() {
    for (int seconds = 1_200; seconds < 3_600; seconds += 20) {
      Constraints usual =
          Fixtures.onDemand(null, Enforced.NOTHING).withUsual(Duration.ofSeconds(seconds));
      Cheapest answer = (Cheapest) ask(Fixtures.runs(), usual);
      assertThat(answer.candidates())
          .filteredOn(Assessment::fits)
          .allSatisfy(
              of ->
                  assertThat(of.costBound().usd())
                      .isGreaterThanOrEqualTo(answer.chosen().costBound().usd()));
    }
  }

  @Test
  void everyOtherCandidateHasAReasonAndTheFrontierFalls() {
    Recommendation answer = ask(Fixtures.runs(), Fixtures.onDemand(HOUR, Enforced.NOTHING));
    assertThat(answer.candidates().stream().filter(of -> of.rejection().isEmpty())).hasSize(1);
    List<Assessment> frontier = answer.frontier();
    assertThat(frontier).contains(((Cheapest) answer).chosen());
    for (int i = 1; i < frontier.size(); i++) {
      assertThat(frontier.get(i).runtime().upper())
          .isGreaterThan(frontier.get(i - 1).runtime().upper());
      assertThat(frontier.get(i).costBound().usd())
          .isLessThan(frontier.get(i - 1).costBound().usd());
    }
  }

  @Test
  void theOrderOfTheRunsDoesNotMatter() {
    List<Run> shuffled = new ArrayList<>(Fixtures.runs());
    Collections.shuffle(shuffled, new Random(3));
    Cheapest one = (Cheapest) ask(Fixtures.runs(), Fixtures.onDemand(HOUR, Enforced.NOTHING));
    Cheapest other = (Cheapest) ask(shuffled, Fixtures.onDemand(HOUR, Enforced.NOTHING));
    assertThat(other.cluster()).isEqualTo(one.cluster());
    assertThat(other.sparkConf()).isEqualTo(one.sparkConf());
  }

  @Test
  void noCandidateHasMoreCoresThanAClusterMayHave() {
    Constraints wide =
        Fixtures.constraints(
            HOUR, List.of(), 1, Integer.MAX_VALUE, Set.of(Purchase.ON_DEMAND), Enforced.NOTHING);
    assertThat(ask(Fixtures.runs(), wide).candidates())
        .hasSizeGreaterThan(100)
        .allMatch(of -> of.candidate().cluster().cores() <= Cluster.MOST_CORES)
        .anyMatch(of -> of.candidate().workers() > 2_000_000);
  }

  @Test
  void anExecutorHoldsTheObservedPeakTimesItsBound() {
    for (Platform platform : Platform.values()) {
      Recommendation answer =
          new Recommender(PRICES, MODELS)
              .recommend(
                  Fixtures.request(
                      Fixtures.runs(), Fixtures.onDemand(HOUR, Enforced.NOTHING), platform));
      assertThat(((Advice) answer).container().usableMb())
          .as(platform.label())
          .isGreaterThanOrEqualTo(5_500 * 1.25);
    }
  }

  @Test
  void afterARunOutOfMemoryTheNextHasMore() {
    List<Run> runs = new ArrayList<>(Fixtures.runs());
    runs.add(Fixtures.run(7, "small", 4, 17_000, 0, Outcome.OUT_OF_MEMORY));
    Cheapest answer = (Cheapest) ask(runs, Fixtures.onDemand(HOUR, Enforced.NOTHING));
    assertThat(answer.container().usableMb()).isGreaterThanOrEqualTo(1.3 * 17_000);
    assertThat(answer.candidates())
        .filteredOn(of -> of.candidate().offer().type().equals("small"))
        .allSatisfy(
            of -> assertThat(of.rejection().orElseThrow().reason()).isEqualTo(Reason.MEMORY));
    assertThat(answer.changes())
        .anySatisfy(change -> assertThat(change.why()).contains("ran out of memory"));
  }

  @Test
  void nothingFitsIsSaidWithTheNearestMiss() {
    NoAdvice answer =
        (NoAdvice)
            ask(
                Fixtures.runs(),
                Fixtures.constraints(
                    Duration.ofMinutes(2),
                    List.of(),
                    1,
                    8,
                    Set.of(Purchase.ON_DEMAND),
                    Enforced.NOTHING));
    Assessment nearest = answer.nearestMiss().orElseThrow();
    assertThat(nearest.candidate().workers()).isEqualTo(8);
    assertThat(nearest.candidate().offer().type()).isEqualTo("big");
    assertThat(answer.why()).contains("8 × big").contains("more than the deadline");
  }

  @Test
  void outsideOfWhatIsKnownTheSafeConfigurationIsKept() {
    List<Run> runs = new ArrayList<>(Fixtures.runs());
    runs.add(Fixtures.run(8, "fat", 3, 34_000, 5_000, Outcome.FINISHED));
    runs.add(Fixtures.run(9, "big", 2, 34_000, 5_000, Outcome.FAILED));
    KnownSafe answer =
        (KnownSafe)
            ask(
                runs,
                Fixtures.constraints(
                    null, List.of(), 1, 0, Set.of(Purchase.ON_DEMAND), Enforced.NOTHING),
                Map.of("rows", 90_000.0));
    assertThat(answer.run()).isEqualTo("run-8");
    assertThat(answer.cluster().label()).isEqualTo("3 × fat on-demand");
    NoAdvice tooLate =
        (NoAdvice)
            ask(
                runs,
                Fixtures.onDemand(Duration.ofMinutes(5), Enforced.NOTHING),
                Map.of("rows", 90_000.0));
    assertThat(tooLate.why()).contains("the deadline");
    NoAdvice none =
        (NoAdvice)
            ask(
                List.of(Fixtures.run(1, "small", 4, 17_000, 0, Outcome.OUT_OF_MEMORY)),
                Constraints.NONE,
                Map.of("rows", 90_000.0));
    assertThat(none.why()).contains("no run of the job has finished");
  }

  @Test
  void whereTheSafeConfigurationRanOutOfMemoryTooTheNextTypeIsTaken() {
    List<Run> runs = new ArrayList<>(Fixtures.runs());
    runs.add(Fixtures.run(8, "small", 4, 17_000, 0, Outcome.OUT_OF_MEMORY));
    KnownSafe answer = (KnownSafe) ask(runs, Constraints.NONE, Map.of("rows", 90_000.0));
    assertThat(answer.cluster().offer().type()).isEqualTo("fat");
  }

  @Test
  void enforcedValuesAreKeptAndReported() {
    Enforced enforced =
        new Enforced(
            Optional.of("big"),
            OptionalInt.of(5),
            Map.of("spark.executor.memory", "14g", "spark.sql.shuffle.partitions", "400"));
    Cheapest answer = (Cheapest) ask(Fixtures.runs(), Fixtures.onDemand(HOUR, enforced));
    assertThat(answer.cluster().label()).isEqualTo("5 × big on-demand");
    assertThat(answer.container().heapMib()).isEqualTo(14 * 1024);
    assertThat(answer.sparkConf())
        .containsEntry("spark.executor.memory", "14g")
        .containsEntry("spark.sql.shuffle.partitions", "400");
    assertThat(answer.carriedOver())
        .extracting(Recommendation.CarriedOver::setting)
        .containsExactly(
            "machine type", "workers", "spark.executor.memory", "spark.sql.shuffle.partitions");
  }

  @Test
  void mostExecutorsAreMostWorkersAndFewestAreFewest() {
    Enforced most = Fixtures.conf(Map.of("spark.dynamicAllocation.maxExecutors", "3"));
    Cheapest few = (Cheapest) ask(Fixtures.runs(), Fixtures.onDemand(HOUR.multipliedBy(9), most));
    assertThat(few.candidates()).allMatch(of -> of.candidate().workers() <= 3);
    assertThat(few.sparkConf())
        .containsEntry("spark.executor.instances", "" + few.cluster().workers())
        .containsEntry("spark.dynamicAllocation.maxExecutors", "3");
    Enforced least = Fixtures.conf(Map.of("spark.dynamicAllocation.minExecutors", "7"));
    Cheapest many = (Cheapest) ask(Fixtures.runs(), Fixtures.onDemand(HOUR, least));
    assertThat(many.candidates()).isNotEmpty().allMatch(of -> of.candidate().workers() >= 7);
    Enforced off =
        Fixtures.conf(
            Map.of(
                "spark.dynamicAllocation.enabled", "false",
                "spark.dynamicAllocation.minExecutors", "20"));
    assertThat(ask(Fixtures.runs(), Fixtures.onDemand(HOUR, off)).candidates())
        .as("bounds of what is off mean nothing")
        .anyMatch(of -> of.candidate().workers() < 7);
  }

  @Test
  void machinesWithOtherCoresThanAnExecutorIsToHaveAreRejected() {
    Enforced eight = Fixtures.conf(Map.of("spark.executor.cores", "8"));
    Cheapest answer = (Cheapest) ask(Fixtures.runs(), Fixtures.onDemand(HOUR, eight));
    assertThat(answer.cluster().offer().type()).isEqualTo("big");
    Enforced four = Fixtures.conf(Map.of("spark.executor.cores", "4"));
    Recommendation other = ask(Fixtures.runs(), Fixtures.onDemand(HOUR, four));
    assertThat(other.candidates())
        .filteredOn(of -> of.candidate().offer().type().equals("big"))
        .isNotEmpty()
        .allSatisfy(
            of ->
                assertThat(of.rejection().orElseThrow().text())
                    .contains(
                        "has 8 cores, the enforced spark.executor.cores is 4, and Tributary"));
  }

  @Test
  void enforcedOverheadIsTakenFromTheHeap() {
    Enforced enforced = Fixtures.conf(Map.of("spark.executor.memoryOverhead", "4g"));
    for (Platform platform : List.of(Platform.SPARK_SUBMIT, Platform.EMR)) {
      Advice answer =
          (Advice)
              new Recommender(PRICES, MODELS)
                  .recommend(
                      Fixtures.request(
                          Fixtures.runs(), Fixtures.onDemand(HOUR, enforced), platform));
      assertThat(answer.container().overheadMib()).isEqualTo(4096);
      assertThat((double) answer.container().totalMib())
          .isLessThanOrEqualTo(platform.containerMib(answer.cluster().offer()));
    }
  }

  @Test
  void whatIsKnownToBeSafeKeepsTheEnforcedSettingsOrThereIsNoAdvice() {
    Map<String, Double> far = Map.of("rows", 90_000.0);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      runs.add(Fixtures.run(i, "small", 40, 17_000, 2_000, Outcome.FINISHED));
    }
    assertThat(ask(runs, onForty(Map.of()), far)).isInstanceOf(KnownSafe.class);
    for (Map.Entry<String, String> setting :
        Map.of(
                "spark.executor.cores", "8",
                "spark.task.cpus", "6",
                "spark.executor.memoryOverhead", "16g",
                "spark.cores.max", "100")
            .entrySet()) {
      Recommendation answer = ask(runs, onForty(Map.of(setting.getKey(), setting.getValue())), far);
      assertThat(answer).as(setting.toString()).isInstanceOf(NoAdvice.class);
      assertThat(((NoAdvice) answer).why()).contains(setting.getKey());
    }
  }

  @Test
  void afterRunningOutTheNextMachineIsTheCheapestThatKeepsWhatIsEnforced() {
    List<Run> runs =
        List.of(
            Fixtures.run(0, "small", 40, 17_000, 5_000, Outcome.FINISHED),
            Fixtures.run(1, "small", 40, 17_000, 5_000, Outcome.OUT_OF_MEMORY));
    ModelSource unsure = known -> new JobModels(unknown(), Optional.empty(), Optional.empty());
    for (String[] pair : new String[][] {{"4", "fat"}, {"8", "big"}}) {
      Constraints cores = onForty(Map.of("spark.executor.cores", pair[0]));
      KnownSafe answer =
          (KnownSafe)
              new Recommender(PRICES, unsure)
                  .recommend(Fixtures.request(runs, cores, Platform.EMR));
      assertThat(answer.cluster().offer().type()).isEqualTo(pair[1]);
    }
  }

  /** So many workers that the fixtures' model knows nothing of them. */
  private static Constraints onForty(Map<String, String> conf) {
    return Fixtures.constraints(
        null, List.of(), 40, 40, Set.of(Purchase.ON_DEMAND), Fixtures.conf(conf));
  }

  @Test
  void whatIsKnownToBeSafeIsOfThePlatformsCloudOrThereIsNoAdvice() {
    for (String[] pair :
        new String[][] {{"m5.2xlarge", "dataproc", "emr"}, {"n2-standard-8", "emr", "dataproc"}}) {
      List<Run> runs = List.of(Fixtures.run(0, pair[0], 4, 30_000, 5_000, Outcome.FINISHED));
      ModelSource unsure = known -> new JobModels(unknown(), Optional.empty(), Optional.empty());
      Recommender recommender =
          new Recommender(dev.tributary.predictor.price.Prices.shipped(), unsure);
      Recommendation there =
          recommender.recommend(Fixtures.request(runs, Constraints.NONE, Platform.of(pair[1])));
      assertThat(there).isInstanceOf(NoAdvice.class);
      assertThat(((NoAdvice) there).why())
          .contains(pair[0] + " on-demand, cannot be had on " + pair[1]);
      Recommendation here =
          recommender.recommend(Fixtures.request(runs, Constraints.NONE, Platform.of(pair[2])));
      assertThat(((KnownSafe) here).cluster().offer().type()).isEqualTo(pair[0]);
    }
  }

  private static dev.tributary.predictor.model.JobModel unknown() {
    return (cluster, inputs, confidence) ->
        new dev.tributary.predictor.model.Prediction(
            100, 50, 200, confidence, false, "none", "nothing is known");
  }

  @Test
  void anEnforcedHeapBelowThePeakIsNotFollowedIntoAFailure() {
    NoAdvice answer =
        (NoAdvice)
            ask(
                Fixtures.runs(),
                Fixtures.onDemand(HOUR, Fixtures.conf(Map.of("spark.executor.memory", "2g"))));
    assertThat(answer.why()).contains("enforced spark.executor.memory").contains("are to suffice");
  }

  @Test
  void aTypeWithoutAPriceAndAJobWithoutRunsAreSaid() {
    Constraints unpriced =
        Fixtures.constraints(
            HOUR, List.of("x99.huge"), 1, 0, Set.of(Purchase.ON_DEMAND), Enforced.NOTHING);
    assertThatThrownBy(() -> ask(Fixtures.runs(), unpriced))
        .hasMessageContaining("'x99.huge' has no price")
        .hasMessageContaining("--prices");
    assertThatThrownBy(
            () ->
                new Request("weekly", List.of(), Optional.empty(), Constraints.NONE, Platform.EMR))
        .hasMessageContaining("no run of job 'weekly'")
        .hasMessageContaining("of other jobs");
  }

  private static Recommendation ask(List<Run> runs, Constraints constraints) {
    return new Recommender(PRICES, MODELS)
        .recommend(Fixtures.request(runs, constraints, Platform.SPARK_SUBMIT));
  }

  private static Recommendation ask(
      List<Run> runs, Constraints constraints, Map<String, Double> inputs) {
    return new Recommender(PRICES, MODELS)
        .recommend(
            new Request("nightly", runs, Optional.of(inputs), constraints, Platform.SPARK_SUBMIT));
  }
}
