package dev.tributary.predictor.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.runtime.RuntimeModels;
import dev.tributary.predictor.runtime.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** How often the watch of whole runs alarms for nothing, and how soon it sees a drift of half. */
class WatchRateTest {
  private static final int JOBS = 40;
  private static final int RUNS = 60;
  private static final double CONFIDENCE = 0.9;
  private static final int LEARNT = 8;

  /** Predictions of one job with their outcomes. */
  private interface Job {
    Watch.Closed next(int run, double factor);
  }

  /** A model that knows the errors: its interval holds nine tenths of them. */
  private static Job knowing(double size, ToDoubleFunction<Random> noise, Random random) {
    double[] errors = new double[2001];
    Random many = new Random(5);
    Arrays.setAll(errors, i -> size * noise.applyAsDouble(many));
    Arrays.sort(errors);
    Prediction said =
        new Prediction(
            300 * Math.exp(errors[1000]),
            300 * Math.exp(errors[100]),
            300 * Math.exp(errors[1900]),
            CONFIDENCE,
            true,
            "m",
            "r");
    return (run, factor) ->
        new Watch.Closed(
            "r" + run, said, factor * 300 * Math.exp(size * noise.applyAsDouble(random)));
  }

  /** The service's own: before each run a model of all runs before. */
  private static Job learning(double size, ToDoubleFunction<Random> noise, Random random) {
    List<Run> runs = new ArrayList<>();
    return (run, factor) -> {
      while (runs.size() < LEARNT) {
        runs.add(run(runs.size(), size, noise, random, 1));
      }
      Run ended = run(runs.size(), size, noise, random, factor);
      Prediction said =
          RuntimeModels.fit(runs, Target.RUNTIME_SECONDS, 1)
              .predict(ended.cluster(), ended.inputs(), CONFIDENCE);
      if (factor == 1) {
        runs.add(ended);
      }
      return new Watch.Closed("r" + run, said, RidgeTrainer.seconds(ended.runtime()));
    };
  }

  private static Run run(
      int index, double size, ToDoubleFunction<Random> noise, Random random, double factor) {
    double seconds = factor * 300 * Math.exp(size * noise.applyAsDouble(random));
    return RunMonitorTest.run(index, 8, 1000, seconds);
  }

  /** Alarms in so many runs; after each the watch begins anew, as with another champion. */
  private static int alarms(Job job) {
    int alarms = 0;
    List<Watch.Closed> closed = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      closed.add(job.next(run, 1));
      if (Watch.latest().judge(closed).drift()) {
        alarms++;
        closed.clear();
      }
    }
    return alarms;
  }

  /** Whether five runs of half as long again are an alarm. */
  private static boolean sees(Job job) {
    List<Watch.Closed> closed = new ArrayList<>();
    for (int run = 0; run < 20; run++) {
      closed.add(job.next(run, 1));
      if (Watch.latest().judge(closed).drift()) {
        closed.clear();
      }
    }
    for (int run = 20; run < 25; run++) {
      closed.add(job.next(run, 1.5));
    }
    return Watch.latest().judge(closed).drift();
  }

  private interface Kind {
    Job job(double size, ToDoubleFunction<Random> noise, Random random);
  }

  private static double alarms(
      String name, Kind kind, double size, ToDoubleFunction<Random> noise) {
    Random random = new Random(23);
    int alarms = 0;
    for (int job = 0; job < JOBS; job++) {
      alarms += alarms(kind.job(size, noise, random));
    }
    System.out.printf(
        "%s, noise of %.2f: %.2f false alarms in %d runs%n",
        name, size, alarms / (double) JOBS, RUNS);
    return alarms / (double) JOBS;
  }

  @Test
  void falseAlarmsAreAtMostOneInSixtyRunsWhateverTheNoise() {
    for (double size : new double[] {0.05, 0.15, 0.3}) {
      assertThat(alarms("known, normal", WatchRateTest::knowing, size, Random::nextGaussian))
          .isLessThanOrEqualTo(1);
      assertThat(
              alarms(
                  "known, heavy-tailed", WatchRateTest::knowing, size, DriftDetectorTest::student))
          .isLessThanOrEqualTo(1);
      assertThat(alarms("learnt, normal", WatchRateTest::learning, size, Random::nextGaussian))
          .isLessThanOrEqualTo(1);
      assertThat(
              alarms(
                  "learnt, heavy-tailed",
                  WatchRateTest::learning,
                  size,
                  DriftDetectorTest::student))
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aDriftOfHalfIsSeenWithinFiveRuns() {
    for (Kind kind : List.<Kind>of(WatchRateTest::knowing, WatchRateTest::learning)) {
      for (double size : new double[] {0.05, 0.15}) {
        Random random = new Random(29);
        int seen = 0;
        for (int job = 0; job < JOBS; job++) {
          seen += sees(kind.job(size, Random::nextGaussian, random)) ? 1 : 0;
        }
        System.out.printf("noise of %.2f: %d of %d drifts of half seen%n", size, seen, JOBS);
        assertThat(seen).isGreaterThanOrEqualTo(JOBS * 9 / 10);
      }
    }
  }
}
