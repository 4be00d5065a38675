package dev.tributary.predictor.online;

import dev.tributary.predictor.run.Run;
import java.util.List;

/** A model of one positive quantity of a job, without an interval. */
@FunctionalInterface
interface PointModel {
  /** The expected value for a run that has not been, above 0, in the unit of the actual values. */
  double expected(Run planned);

  /** Fits a {@link PointModel}. */
  @FunctionalInterface
  interface Trainer {
    /**
     * @param runs finished runs in the order of time, at least 1; the quantity is their runtime in
     *     seconds
     */
    PointModel fit(List<Run> runs);
  }
}
