package dev.tributary.predictor.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApplicationBuilderTest {
  private static final LogName NAME = new LogName("app-1", Optional.empty(), false);
  // Between these, clocks in Berlin went from 01:59:59 to 03:00:00.
  private static final long NIGHT = Instant.parse("2024-03-31T00:30:00Z").toEpochMilli();
  private static final Event START = new Event.ApplicationStart("etl", "app-1", null, NIGHT, "u");

  @Test
  void timesAcrossTheNightOfDaylightSavingAreWhatPassed() {
    ApplicationSummary summary = summary(START, new Event.ApplicationEnd(NIGHT + 5_400_000, null));
    assertThat(summary.runtime()).isEqualTo(Duration.ofMinutes(90));
    assertThat(summary.features()).containsEntry("hour_utc", 0.0).containsEntry("weekday", 7.0);
    assertThat(summary.outcome()).isEqualTo(Outcome.FINISHED);
  }

  @Test
  void aClockThatGoesBackNeverMakesTimeNegative() {
    ApplicationSummary summary =
        summary(
            START,
            task(0, "1", NIGHT + 5000, NIGHT + 1000, null),
            new Event.ApplicationEnd(NIGHT - 7000, null));
    assertThat(summary.runtime()).isEqualTo(Duration.ofSeconds(5));
    assertThat(summary.features()).containsEntry("clock_went_back", 1.0);
    assertThat(summary.features().get("task_seconds")).isZero();
  }

  @Test
  void nothingAtAllIsNoRunAndAnApplicationWithoutTasksOrEnvironmentIsOne() {
    assertThat(summary().run()).isEmpty();
    Run run = summary(START, new Event.ApplicationEnd(NIGHT + 1000, null)).run().orElseThrow();
    assertThat(run.cluster().workers()).isEqualTo(1);
    assertThat(run.peakMemoryMb()).isEmpty();
    assertThat(run.cpuUtilisation()).isEmpty();
    assertThat(run.features().values()).allMatch(Double::isFinite);
    assertThat(run.features()).containsEntry("environment_known", 0.0);
  }

  @Test
  void whatEndedItIsToldFromItsReasons() {
    assertThat(summary(START).outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(summary(START, jobFailed("boom"), end()).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(summary(START, jobFailed("boom"), jobSucceeded(), end()).outcome())
        .isEqualTo(Outcome.FINISHED);
    for (String reason :
        List.of(
            "java.lang.OutOfMemoryError: Java heap space",
            "Container killed by YARN for exceeding memory limits. 5.5 GB of 5.5 GB used",
            "Container from a bad node. Exit status: 137. Diagnostics: Killed by external signal",
            "The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM).",
            "Command exited with code 52")) {
      assertThat(summary(START, jobFailed(reason), end()).outcome())
          .as(reason)
          .isEqualTo(Outcome.OUT_OF_MEMORY);
    }
    ApplicationSummary survived =
        summary(
            START, new Event.ExecutorRemoved(NIGHT, "1", "exit code 137"), jobSucceeded(), end());
    assertThat(survived.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(survived.features()).containsEntry("out_of_memory_events", 1.0);
    assertThat(Failures.isOutOfMemory("Stage 137 was cancelled; exit code 1375")).isFalse();
  }

  @Test
  void skewIsTheLongestOverTheMedianTaskWeightedByTheStagesWork() {
    List<Event> events = new ArrayList<>(List.of(START));
    for (long millis : new long[] {100, 100, 100, 700}) {
      events.add(task(0, "1", NIGHT, NIGHT + millis, null));
    }
    for (int i = 0; i < 10; i++) {
      events.add(task(1, "1", NIGHT, NIGHT + 100, null));
    }
    events.add(new Event.StageCompleted(0, 0, "s", 4, List.of(), NIGHT, NIGHT + 700, null));
    events.add(new Event.StageCompleted(1, 0, "s", 10, List.of(0L), NIGHT, NIGHT + 900, null));
    ApplicationSummary summary = summary(events.toArray(Event[]::new));
    assertThat(summary.features().get("skew")).isEqualTo((7 * 1.0 + 1 * 1.0) / 2, within(1e-9));
    assertThat(summary.stages()).hasSize(2);
    assertThat(summary.stages().get(1).parents()).containsExactly(0L);
  }

  @Test
  void memoryIsTheMostThatOneExecutorHeldNotTheDriver() {
    ApplicationSummary summary =
        summary(
            START,
            metrics("driver", 9_000_000_000L, 0),
            metrics("1", 2_000_000_000L, 0),
            metrics("2", 1_500_000_000L, 2_500_000_000L));
    assertThat(summary.peakMemoryMb()).hasValue(2500);
    assertThat(summary.features())
        .containsEntry("peak_heap_mb", 2000.0)
        .containsEntry("driver_peak_mb", 9000.0)
        .containsEntry("peak_overhead_mb", 1000.0);
  }

  @Test
  void executorsThatComeAndGoAreCountedOverTime() {
    ApplicationSummary summary =
        summary(
            START,
            new Event.Environment(
                Map.of("spark.executor.memory", "4g", "spark.master", "yarn"), null),
            new Event.ExecutorAdded(NIGHT, "1", "h", 4, 0),
            new Event.ExecutorAdded(NIGHT, "2", "h", 4, 0),
            new Event.ExecutorRemoved(NIGHT + 5000, "2", "Executor 2 killed by driver."),
            new Event.ExecutorAdded(NIGHT + 5000, "3", "h", 4, 0),
            new Event.ExecutorRemoved(NIGHT + 6000, "3", "worker lost"),
            new Event.ApplicationEnd(NIGHT + 10_000, null));
    assertThat(summary.features())
        .containsEntry("executors_added", 3.0)
        .containsEntry("executors_removed", 2.0)
        .containsEntry("executors_lost", 1.0)
        .containsEntry("core_seconds", 64.0);
    assertThat(summary.features().get("executors_mean")).isEqualTo(1.6, within(1e-9));
    assertThat(summary.cluster().workers()).isEqualTo(2);
    // 4 GiB of heap and a tenth of it beside.
    assertThat(summary.cluster().memoryMbPerWorker()).isEqualTo(4294.967296 * 1.1, within(1e-6));
  }

  @Test
  void theOrderOfTaskEndsDoesNotMatter() {
    List<Event> tasks = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      tasks.add(task(i % 7, "1", NIGHT, NIGHT + random.nextInt(100_000), "lost"));
    }
    ApplicationSummary ordered = summary(tasks.toArray(Event[]::new));
    Collections.shuffle(tasks, random);
    assertThat(summary(tasks.toArray(Event[]::new)).features()).isEqualTo(ordered.features());
  }

  @Test
  void quantilesAreWithinOnePercent() {
    TaskTimes times = new TaskTimes();
    Random random = new Random(3);
    long[] values = new long[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) Math.exp(random.nextDouble() * 18);
      times.add(values[i]);
    }
    Arrays.sort(values);
    for (double share : new double[] {0.01, 0.25, 0.5, 0.9, 0.99, 1}) {
      double exact = values[(int) Math.ceil(share * values.length) - 1];
      assertThat(times.quantile(share)).isEqualTo(exact, within(Math.max(0.5, exact * 0.008)));
    }
  }

  private static ApplicationSummary summary(Event... events) {
    ApplicationBuilder builder = new ApplicationBuilder(NAME);
    Arrays.stream(events).forEach(builder);
    return builder.summary();
  }

  private static Event task(int stage, String executor, long from, long to, String reason) {
    return new Event.TaskEnd(
        stage, 0, executor, from, to, reason != null, false, false, reason, null, null);
  }

  private static Event metrics(String executor, long heap, long resident) {
    return new Event.StageExecutorMetrics(
        executor, 0, 0, new Event.MemoryPeaks(heap, 0, 0, 0, resident, 0, 0));
  }

  private static Event jobFailed(String why) {
    return new Event.JobEnd(1, NIGHT + 100, false, why);
  }

  private static Event jobSucceeded() {
    return new Event.JobEnd(2, NIGHT + 200, true, null);
  }

  private static Event end() {
    return new Event.ApplicationEnd(NIGHT + 1000, null);
  }
}
