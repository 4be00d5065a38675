package dev.tributary.predictor.online;

import dev.tributary.predictor.model.Prediction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Says from predictions that met their outcomes how far a model can be trusted: rolling MAPE and
 * coverage of the latest, and whether the {@link DriftDetector} raised an alarm over all. Pure: it
 * is given all that the model predicted so far, so nothing is lost by a restart.
 *
 * @param window how many of the latest predictions the rates are of, at least 1
 */
public record Watch(int window) {
  private static final int DEFAULT_WINDOW = 20;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** Checks the range. */
  public Watch {
    if (window < 1) {
      throw new IllegalArgumentException("a window holds at least 1 prediction, not " + window);
    }
  }

  /** Over the latest {@value #DEFAULT_WINDOW}. */
  public static Watch latest() {
    return new Watch(DEFAULT_WINDOW);
  }

  /**
   * A prediction that met its outcome.
   *
   * @param runId the run
   * @param predicted what was written before the run
   * @param actual what it took, in the same unit, above 0
   */
  public record Closed(String runId, Prediction predicted, double actual) {
    /** Checks the range. */
    public Closed {
      Objects.requireNonNull(runId, "runId");
      Objects.requireNonNull(predicted, "predicted");
      if (!(actual > 0)) {
        throw new IllegalArgumentException("a finished run takes more than " + actual);
      }
    }

    /** Whether the interval held the outcome. */
    public boolean covered() {
      return predicted.lower() <= actual && actual <= predicted.upper();
    }

    double error() {
      return Math.log(actual / Math.max(predicted.expected(), Double.MIN_NORMAL));
    }

    /** How far off it is, in deviations of normal errors with an interval of this width. */
    DriftScore.Sides scores() {
      double expected = Math.max(predicted.expected(), Double.MIN_NORMAL);
      double lower = Math.max(predicted.lower(), expected / 1e3);
      double upper = Math.max(predicted.upper(), lower);
      double half = (Math.log(upper) - Math.log(lower)) / 2;
      return DriftScore.Sides.ofError(
          error(), half / NORMAL.inverseCumulativeProbability((1 + predicted.confidence()) / 2));
    }
  }

  /**
   * What the watch sees.
   *
   * @param considered how many of the latest predictions the two rates are of
   * @param mape mean absolute error over the actual value, 0 upwards; empty without predictions
   * @param coverage share of outcomes within their interval, 0 to 1
   * @param drift whether the job no longer does what the model knows
   * @param since index of the first prediction after the change, where there is drift
   * @param reason one sentence with the figures
   */
  public record Report(
      int considered,
      OptionalDouble mape,
      OptionalDouble coverage,
      boolean drift,
      OptionalInt since,
      String reason) {}

  /**
   * Judges one model of one job. The alarm stays from when it is raised.
   *
   * @param closed its predictions of finished runs that ran on the predicted cluster, oldest first
   */
  public Report judge(List<Closed> closed) {
    List<Closed> latest = closed.subList(Math.max(0, closed.size() - window), closed.size());
    OptionalDouble mape =
        latest.stream()
            .mapToDouble(c -> Math.abs(c.predicted().expected() - c.actual()) / c.actual())
            .average();
    OptionalDouble coverage = latest.stream().mapToDouble(c -> c.covered() ? 1 : 0).average();
    Optional<DriftDetector.Alarm> alarm = alarm(closed);
    return new Report(
        latest.size(),
        mape,
        coverage,
        alarm.isPresent(),
        alarm.map(a -> OptionalInt.of(a.since())).orElse(OptionalInt.empty()),
        alarm
            .map(
                a ->
                    "Runs are %s than predicted, beginning with run %s."
                        .formatted(a.drift().text(), closed.get(a.since()).runId()))
            .orElse(
                "The errors to either side cancel out over %d predictions."
                    .formatted(closed.size())));
  }

  private static Optional<DriftDetector.Alarm> alarm(List<Closed> closed) {
    DriftDetector detector = new DriftDetector();
    for (int i = 0; i < closed.size(); i++) {
      Closed one = closed.get(i);
      Optional<DriftDetector.Alarm> alarm = detector.after(one.scores(), i);
      if (alarm.isPresent()) {
        return alarm;
      }
    }
    return Optional.empty();
  }
}
