package dev.tributary.predictor.service;

import dev.tributary.predictor.model.Prediction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Says from closed predictions how far a model can be trusted. Pure: it is given all that the
 * champion predicted so far, so nothing is lost by a restart.
 */
@FunctionalInterface
public interface JobWatch {
  /**
   * Judges one model of one job.
   *
   * @param closed its closed predictions of finished runs that ran on the predicted cluster, oldest
   *     first
   */
  Report judge(List<Closed> closed);

  /**
   * A prediction that met its outcome.
   *
   * @param runId the run
   * @param closedAt when the outcome came
   * @param predicted what was written before the run
   * @param actual what it took, in the same unit, above 0
   */
  record Closed(String runId, Instant closedAt, Prediction predicted, double actual) {
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
  record Report(
      int considered,
      OptionalDouble mape,
      OptionalDouble coverage,
      boolean drift,
      OptionalInt since,
      String reason) {}
}
