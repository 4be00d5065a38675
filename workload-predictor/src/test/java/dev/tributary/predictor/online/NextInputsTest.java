package dev.tributary.predictor.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.memory.ExecutorMemory;
import dev.tributary.predictor.memory.MemoryModels;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.runtime.LoadForecast.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class NextInputsTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");
  private static final Cluster CLUSTER = new Cluster("m", 2, 4, 16_000);

  /** Two seconds a row, give or take a tenth. */
  private static final JobModel MODEL =
      (cluster, inputs, confidence) -> {
        double expected = 2 * inputs.get("rows");
        return new Prediction(
            expected, 0.9 * expected, 1.1 * expected, confidence, true, "truth", "As made.");
      };

  private static Run run(Optional<Instant> started, double rows) {
    return new Run(
        "job",
        "at " + started + rows,
        started,
        CLUSTER,
        Map.of("rows", rows),
        Duration.ofSeconds(10),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Outcome.FINISHED,
        Map.of());
  }

  /** One run a day. */
  private static List<Run> daily(int days, IntToDoubleFunction rows) {
    List<Run> runs = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      runs.add(run(Optional.of(MONDAY.plus(day, ChronoUnit.DAYS)), rows.applyAsDouble(day)));
    }
    return runs;
  }

  @Test
  void aWeeklyCycleIsForecastByTheWeekday() {
    List<Run> runs = daily(35, day -> day % 7 == 0 ? 900 : 100);
    NextInputs next = NextInputs.of(runs, Map.of(), MONDAY.plus(35, ChronoUnit.DAYS));

    assertThat(next.values()).containsExactly(Map.entry("rows", 900.0));
    assertThat(next.forecasts().get(0).method()).isEqualTo(Method.HOUR_OF_WEEK);
    assertThat(next.text())
        .isEqualTo("rows = 900 by the hour and the weekday, off by 0 % on the runs so far");
    assertThat(next.widened(MODEL)).isSameAs(MODEL);
  }

  @Test
  void whatIsGivenIsKeptAndNotForecast() {
    NextInputs next =
        NextInputs.of(daily(35, day -> day + 1), Map.of("rows", 7.0), MONDAY.plusSeconds(1));

    assertThat(next.values()).containsExactly(Map.entry("rows", 7.0));
    assertThat(next.forecasts()).isEmpty();
    assertThat(next.text()).isEmpty();
  }

  @Test
  void theErrorOfTheForecastWidensTheInterval() {
    NextInputs next =
        NextInputs.of(
            daily(6, day -> day % 2 == 0 ? 100 : 80), Map.of(), MONDAY.plus(6, ChronoUnit.DAYS));
    NextInputs.Forecast forecast = next.forecasts().get(0);
    assertThat(forecast.method()).isEqualTo(Method.LAST_VALUE);
    assertThat(forecast.value()).isEqualTo(80);
    assertThat(forecast.error()).isCloseTo(0.2, within(1e-12));

    Prediction said = next.widened(MODEL).predict(CLUSTER, next.values(), 0.9);
    double input = 0.2 * Math.log(10);
    assertThat(said.expected()).isEqualTo(160);
    assertThat(Math.log(said.upper() / 160))
        .isCloseTo(Math.hypot(Math.log(1.1), input), within(1e-9));
    assertThat(Math.log(160 / said.lower()))
        .isCloseTo(Math.hypot(Math.log(1 / 0.9), input), within(1e-9));
    assertThat(said.reason()).isEqualTo("As made; forecast: " + next.text());
  }

  /** The runs' memory: 4 GB for 100 rows, and out of 8 GB with 120. */
  @Test
  void aForecastInputNeverAsksForLessMemoryThanTheSameInputGiven() {
    List<Run> runs = new ArrayList<>();
    for (int day = 0; day < 8; day++) {
      double rows = 90 + 10 * (day % 3);
      runs.add(held(day, rows, OptionalDouble.of(40 * rows), Outcome.FINISHED));
    }
    List<Run> failing = new ArrayList<>(runs);
    failing.add(held(8, 120, OptionalDouble.empty(), Outcome.OUT_OF_MEMORY));
    for (List<Run> known : List.of(runs, failing)) {
      NextInputs next = NextInputs.of(known, Map.of(), MONDAY.plus(9, ChronoUnit.DAYS));
      assertThat(next.forecasts().get(0).error()).isPositive();
      JobModel model = MemoryModels.fit(known).orElseThrow();
      double given = ExecutorMemory.sufficientMb(model, CLUSTER, next.values(), 0.9);
      double forecast =
          ExecutorMemory.sufficientMb(next.widened(model), CLUSTER, next.values(), 0.9);
      assertThat(given).isGreaterThan(1.2 * model.predict(CLUSTER, next.values(), 0.9).expected());
      assertThat(forecast).isGreaterThanOrEqualTo(given);
      assertThat(next.widened(model).predict(CLUSTER, next.values(), 0.9).reason())
          .contains("forecast: rows = ");
    }
  }

  private static Run held(int day, double rows, OptionalDouble peak, Outcome outcome) {
    Run run = run(Optional.of(MONDAY.plus(day, ChronoUnit.DAYS)), rows);
    return new Run(
        run.job(),
        run.id(),
        run.started(),
        new Cluster("m", 2, 4, 8_000),
        run.inputs(),
        run.runtime(),
        peak,
        run.cpuUtilisation(),
        outcome,
        run.features());
  }

  @Test
  void ofOneRunItIsSaidThatNothingWasTested() {
    NextInputs next =
        NextInputs.of(daily(1, day -> 12_000), Map.of(), MONDAY.plus(1, ChronoUnit.DAYS));
    assertThat(next.text())
        .isEqualTo("rows = 12000 as in the latest run, not tested: one run is known");
  }

  @Test
  void withoutTimesOfStartOrAboveZeroTheLastValueIsTaken() {
    List<Run> untimed = List.of(run(Optional.empty(), 50), run(Optional.empty(), 100));
    NextInputs next = NextInputs.of(untimed, Map.of(), MONDAY);
    assertThat(next.values()).containsEntry("rows", 100.0);
    assertThat(next.forecasts().get(0).error()).isEqualTo(0.5);

    NextInputs none = NextInputs.of(daily(3, day -> 0), Map.of(), MONDAY.plus(9, ChronoUnit.DAYS));
    assertThat(none.values()).containsEntry("rows", 0.0);
    assertThat(none.forecasts().get(0).error()).isZero();
  }

  @Test
  void aRunInThePastKnowsNothingOfLaterOnes() {
    NextInputs next = NextInputs.of(daily(35, day -> 100), Map.of(), MONDAY);
    assertThat(next.forecasts().get(0).method()).isEqualTo(Method.LAST_VALUE);
    assertThat(NextInputs.of(List.of(), Map.of(), MONDAY).values()).isEmpty();
  }
}
