package dev.tributary.predictor.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.online.Verdict.Drift;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {
  private static final int JOBS = 40;
  private static final int RUNS = 60;

  private static Optional<DriftDetector.Alarm> after(double... deviations) {
    DriftDetector detector = new DriftDetector();
    Optional<DriftDetector.Alarm> alarm = Optional.empty();
    for (int run = 0; run < deviations.length; run++) {
      assertThat(alarm).as("alarm before run %d", run).isEmpty();
      double deviation = deviations[run];
      alarm =
          detector.after(
              new DriftScore.Sides(new DriftScore(deviation, 3), new DriftScore(-deviation, 3)),
              run);
    }
    return alarm;
  }

  @Test
  void anAlarmTakesThreeRunsAndTellsTheFirstOfThem() {
    assertThat(after(0, -1, 3, 50, 2)).contains(new DriftDetector.Alarm(Drift.SLOWER, 2, false));
    assertThat(after(0, 1, -3, -50, -2)).contains(new DriftDetector.Alarm(Drift.FASTER, 2, false));
  }

  @Test
  void aRunOfUsualPaceDelaysAnAlarmByOne() {
    assertThat(after(3, 3, 0, 3)).contains(new DriftDetector.Alarm(Drift.SLOWER, 0, false));
  }

  /** Whether each alarm of these runs is of the change of the one before. */
  private static List<Boolean> again(double... deviations) {
    DriftDetector detector = new DriftDetector();
    List<Boolean> again = new ArrayList<>();
    for (int run = 0; run < deviations.length; run++) {
      DriftScore.Sides scores =
          new DriftScore.Sides(
              new DriftScore(deviations[run], 3), new DriftScore(-deviations[run], 3));
      detector.after(scores, run).ifPresent(alarm -> again.add(alarm.again()));
    }
    return again;
  }

  @Test
  void alarmsWithNoUsualRunBetweenAreOfOneChange() {
    assertThat(again(3, 3, 3, 3, 3, 3)).containsExactly(false, true);
    assertThat(again(3, 3, 3, 0, 3, 3, 3)).containsExactly(false, false);
    assertThat(again(3, 3, 3, -3, -3, -3)).containsExactly(false, false);
  }

  @Test
  void oddRunsAmongUsualOnesAreNoDrift() {
    assertThat(after(0, 9, 0, 0, 9, -1, 0, 9, 0, 0)).isEmpty();
  }

  /** Mean alarms in {@value #RUNS} runs of jobs that do not drift. */
  private static double alarms(String noise, double size, ToDoubleFunction<Random> error) {
    Random random = new Random(17);
    long alarms = 0;
    for (int job = 0; job < JOBS; job++) {
      List<Run> runs = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        double seconds = 300 * Math.exp(size * error.applyAsDouble(random));
        runs.add(RunMonitorTest.run(run, 8, 1000, seconds));
      }
      alarms += Replay.run(runs, 0.9).stream().filter(s -> s.verdict().drift().isPresent()).count();
    }
    System.out.printf(
        "%s noise of %.2f: %.2f false alarms in %d runs%n",
        noise, size, alarms / (double) JOBS, RUNS);
    return alarms / (double) JOBS;
  }

  static double student(Random random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      squares += Math.pow(random.nextGaussian(), 2);
    }
    return random.nextGaussian() / Math.sqrt(squares / 3);
  }

  private static double exponential(Random random) {
    return -Math.log(1 - random.nextDouble());
  }

  @Test
  void falseAlarmsAreAtMostOneInSixtyRunsWhateverTheNoise() {
    for (double size : new double[] {0.05, 0.15, 0.3, 0.9}) {
      assertThat(alarms("normal", size, Random::nextGaussian)).isLessThanOrEqualTo(1);
      assertThat(alarms("heavy-tailed", size, DriftDetectorTest::student)).isLessThanOrEqualTo(1);
      assertThat(alarms("skewed", size, DriftDetectorTest::exponential)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void runsThatResembleTheOnesBeforeSeldomAlarm() {
    double[] last = {0};
    ToDoubleFunction<Random> correlated =
        random -> last[0] = 0.3 * last[0] + Math.sqrt(0.91) * random.nextGaussian();

    assertThat(alarms("correlated", 0.15, correlated)).isLessThanOrEqualTo(1.2);
  }
}
