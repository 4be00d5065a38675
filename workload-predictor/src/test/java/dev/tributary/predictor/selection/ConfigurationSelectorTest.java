package dev.tributary.predictor.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ConfigurationSelectorTest {
  private static final JobDescription NEW =
      new JobDescription("new", "new", "spark", OptionalDouble.empty());

  private static List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>();
    for (double memory : new double[] {8, 16, 32}) {
      for (int nodes : new int[] {2, 4, 8, 16}) {
        String type = "m" + (int) memory;
        double price = nodes * (0.17 + memory / 400);
        all.add(new Candidate(List.of(type, "" + nodes), nodes, 4, memory, price));
      }
    }
    return all;
  }

  private static JobHistory history(
      String name, ToDoubleFunction<Candidate> seconds, Set<List<String>> failing) {
    return history(name, "spark", seconds, failing);
  }

  private static JobHistory history(
      String name,
      String framework,
      ToDoubleFunction<Candidate> seconds,
      Set<List<String>> failing) {
    List<Trial> trials = new ArrayList<>();
    for (Candidate c : candidates()) {
      double runtime = seconds.applyAsDouble(c);
      trials.add(
          failing.contains(c.key())
              ? new Trial(c, false, Double.NaN, Double.NaN)
              : new Trial(c, true, runtime / 3600 * c.pricePerHour(), runtime));
    }
    return new JobHistory(
        new JobDescription(name, name, framework, OptionalDouble.empty()), trials);
  }

  private static double scaling(Candidate c) {
    return 60 + 8000 / c.nodes();
  }

  @Test
  void aConfigurationThatFailedForAnotherJobIsNotTheFirstPick() {
    JobHistory other = history("a", ConfigurationSelectorTest::scaling, Set.of());
    Candidate free = ConfigurationSelector.learn(List.of(other)).first(NEW, candidates());
    JobHistory failing = history("b", ConfigurationSelectorTest::scaling, Set.of(free.key()));

    Candidate pick = ConfigurationSelector.learn(List.of(other, failing)).first(NEW, candidates());

    assertThat(pick.key()).isNotEqualTo(free.key());
  }

  @Test
  void theOrderBeginsWithTheFirstPickAndEndsWithWhatFailed() {
    JobHistory other = history("a", ConfigurationSelectorTest::scaling, Set.of());
    List<String> failed = candidates().get(5).key();
    JobHistory failing = history("b", ConfigurationSelectorTest::scaling, Set.of(failed));
    ConfigurationSelector selector = ConfigurationSelector.learn(List.of(other, failing));

    List<Candidate> ranked = selector.ranked(NEW, candidates());

    assertThat(ranked).containsExactlyInAnyOrderElementsOf(candidates());
    assertThat(ranked.get(0)).isEqualTo(selector.first(NEW, candidates()));
    assertThat(ranked.subList(8, 12))
        .as("it and the smallest")
        .anyMatch(c -> c.key().equals(failed));
  }

  @Test
  void aJobThatIsMoreAlikeCountsMore() {
    JobHistory scales = history("a", "hadoop", c -> 8000 / Math.pow(c.nodes(), 1.6), Set.of());
    JobHistory doesNot = history("b", "hadoop", c -> 2000, Set.of());
    double alike = nodes(List.of(scales, lessAlike(doesNot)));
    double other = nodes(List.of(lessAlike(scales), doesNot));

    assertThat(alike).isGreaterThan(other);
  }

  private static double nodes(List<JobHistory> others) {
    JobDescription asked = new JobDescription("h", "h", "hadoop", OptionalDouble.empty());
    return ConfigurationSelector.learn(others).first(asked, candidates()).nodes();
  }

  private static JobHistory lessAlike(JobHistory history) {
    return new JobHistory(history.description(), history.trials(), 0.01);
  }

  @Test
  void anEngineThatCachesGetsMoreMemoryThanOneThatStreamsThroughDisk() {
    List<JobHistory> others =
        List.of(
            history("a", ConfigurationSelectorTest::scaling, Set.of()),
            history("b", c -> 30 + 9000 / c.nodes(), Set.of()));
    ConfigurationSelector selector = ConfigurationSelector.learn(others);

    Candidate spark = selector.first(NEW, candidates());
    Candidate hadoop =
        selector.first(
            new JobDescription("h", "h", "Hadoop", OptionalDouble.empty()), candidates());

    assertThat(spark.memoryGbPerNode()).isGreaterThan(hadoop.memoryGbPerNode());
  }

  @Test
  void memoryIsPaidForWhereTheInputFitsIntoItAndNotWhereItIsTooLarge() {
    ConfigurationSelector selector =
        ConfigurationSelector.learn(List.of(history("a", c -> 20_000 / c.nodes(), Set.of())));

    double small = selector.first(sized(1e9), candidates()).memoryGb();
    double fitting = selector.first(sized(20e9), candidates()).memoryGb();
    double tooLarge = selector.first(sized(5000e9), candidates()).memoryGb();

    assertThat(fitting).isGreaterThan(small);
    assertThat(tooLarge).isEqualTo(small);
  }

  private static JobDescription sized(double bytes) {
    return new JobDescription("n", "n", "spark", OptionalDouble.of(bytes));
  }

  @Test
  void whatAnotherJobPaysForDataThatDoNotFitIsNotTheNewJobs() {
    JobHistory plain = wide("a", "spark", c -> 9000 / c.nodes());
    JobHistory stepped = wide("a", "spark", c -> 9000 / c.nodes() * (c.memoryGb() < 120 ? 2.5 : 1));

    Candidate without = ConfigurationSelector.learn(List.of(plain)).first(NEW, manySizes());
    Candidate with = ConfigurationSelector.learn(List.of(stepped)).first(NEW, manySizes());

    assertThat(with).isEqualTo(without);
  }

  @Test
  void aSearchAmongEqualsGoesWhereNothingIsKnown() {
    ToDoubleFunction<Candidate> cliff =
        c -> 9000 / c.nodes() * (1 + 0.04 * Math.sin(7 * c.nodes() + c.memoryGbPerNode()));
    JobHistory truth =
        wide("new", "spark", c -> cliff.applyAsDouble(c) / (c.memoryGb() >= 512 ? 3 : 1));
    ConfigurationSelector selector =
        ConfigurationSelector.learn(List.of(wide("a", "spark", c -> 60 + 9000 / c.nodes())));
    List<Trial> trials = new ArrayList<>();
    while (trials.size() < 12) {
      trials.add(truth.on(selector.next(NEW, manySizes(), trials)).orElseThrow());
    }

    assertThat(trials).anyMatch(t -> t.candidate().memoryGb() >= 512);
  }

  private static List<Candidate> manySizes() {
    List<Candidate> all = new ArrayList<>();
    for (double memory : new double[] {8, 16, 32}) {
      for (int nodes : new int[] {2, 3, 4, 6, 8, 11, 16}) {
        double price = nodes * (0.17 + memory / 200);
        all.add(new Candidate(List.of("m" + (int) memory, "" + nodes), nodes, 4, memory, price));
      }
    }
    return all;
  }

  private static JobHistory wide(
      String name, String framework, ToDoubleFunction<Candidate> seconds) {
    List<Trial> trials = new ArrayList<>();
    for (Candidate c : manySizes()) {
      double runtime = seconds.applyAsDouble(c);
      trials.add(new Trial(c, true, runtime / 3600 * c.pricePerHour(), runtime));
    }
    return new JobHistory(
        new JobDescription(name, name, framework, OptionalDouble.empty()), trials);
  }

  @Test
  void theSearchTriesEveryCandidateOnceAndThenStaysWithTheBest() {
    JobHistory truth = history("new", c -> scaling(c) * (c.memoryGb() < 64 ? 3 : 1), Set.of());
    ConfigurationSelector selector =
        ConfigurationSelector.learn(
            List.of(history("a", ConfigurationSelectorTest::scaling, Set.of())));
    List<Trial> trials = new ArrayList<>();
    Set<List<String>> tried = new HashSet<>();
    for (int i = 0; i < candidates().size(); i++) {
      Candidate next = selector.next(NEW, candidates(), trials);
      assertThat(tried.add(next.key())).isTrue();
      trials.add(truth.on(next).orElseThrow());
    }

    Candidate settled = selector.next(NEW, candidates(), trials);

    assertThat(truth.on(settled).orElseThrow().cost()).isEqualTo(truth.optimum());
  }

  @Test
  void aSearchThatOnlyFailedGoesAwayFromItsFailures() {
    ConfigurationSelector selector =
        ConfigurationSelector.learn(
            List.of(history("a", ConfigurationSelectorTest::scaling, Set.of())));
    Candidate failed = selector.first(NEW, candidates());

    Candidate next = selector.next(NEW, candidates(), List.of(new Trial(failed, false, 0, 0)));

    assertThat(
            Math.abs(Math.log(next.nodes() / failed.nodes()))
                + Math.abs(Math.log(next.memoryGbPerNode() / failed.memoryGbPerNode())))
        .isGreaterThan(Math.log(1.9));
  }

  @Test
  void theOrderOfJobsAndTheirRunsChangesNothing() {
    List<JobHistory> others = new ArrayList<>();
    for (int j = 0; j < 4; j++) {
      int scale = j + 1;
      others.add(history("j" + j, c -> 50 * scale + 5000 / c.nodes(), Set.of()));
    }
    Candidate first = ConfigurationSelector.learn(others).first(NEW, candidates());
    Random random = new Random(7);
    for (int i = 0; i < 5; i++) {
      Collections.shuffle(others, random);
      assertThat(ConfigurationSelector.learn(others).first(NEW, candidates())).isEqualTo(first);
    }
  }

  @Test
  void aForecastKnowsWhatWasMeasured() {
    JobHistory truth = history("new", c -> 40 + 7000 / c.nodes(), Set.of());
    ConfigurationSelector selector =
        ConfigurationSelector.learn(
            List.of(history("a", ConfigurationSelectorTest::scaling, Set.of())));

    List<Forecast> forecast = selector.forecast(NEW, candidates(), truth.trials().subList(0, 6));

    for (int i = 0; i < 6; i++) {
      Trial trial = truth.trials().get(i);
      assertThat(forecast.get(i).expectedCost()).isCloseTo(trial.cost(), withinShare(trial.cost()));
      assertThat(forecast.get(i).withinSeconds(trial.runtimeSeconds() * 1.5)).isGreaterThan(0.99);
      assertThat(forecast.get(i).withinSeconds(trial.runtimeSeconds() / 1.5)).isLessThan(0.01);
    }
  }

  @Test
  void withoutAJobToLearnFromItSaysSo() {
    assertThatThrownBy(() -> ConfigurationSelector.learn(List.of()))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("Fix:");
  }

  private static org.assertj.core.data.Offset<Double> withinShare(double value) {
    return org.assertj.core.data.Offset.offset(0.06 * value);
  }
}
