package dev.tributary.predictor.runtime;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Turns a model's own deviation into quantiles that hold: the empirical quantiles of errors made on
 * rows left out, each divided by the deviation predicted for it (normalised conformal residuals,
 * Lei et al. 2018, section 5.2). Few residuals are drawn towards Student's t by {@value #PRIOR}
 * pseudo-observations.
 */
final class Calibration {
  private static final double PRIOR = 10;

  private final double[] residuals;
  private final TDistribution prior;

  Calibration(double[] normalisedResiduals) {
    this.residuals = normalisedResiduals.clone();
    Arrays.sort(residuals);
    this.prior = new TDistribution(Math.max(2, residuals.length - 1));
  }

  /** The number of deviations to add to the mean for a quantile at probability (0, 1). */
  double quantile(double probability) {
    double expected = prior.inverseCumulativeProbability(probability);
    int count = residuals.length;
    if (count == 0) {
      return expected;
    }
    double position = Math.min(count, Math.max(1, probability * (count + 1)));
    int below = (int) Math.floor(position);
    int above = Math.min(count, below + 1);
    double part = position - below;
    double seen = (1 - part) * residuals[below - 1] + part * residuals[above - 1];
    return (count * seen + PRIOR * expected) / (count + PRIOR);
  }
}
