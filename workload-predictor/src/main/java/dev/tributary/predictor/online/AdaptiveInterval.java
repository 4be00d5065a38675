package dev.tributary.predictor.online;

import java.util.Arrays;
import java.util.List;

/**
 * Intervals from past residuals whose level follows what was missed: adaptive conformal inference
 * (Gibbs and Candès, Adaptive Conformal Inference Under Distribution Shift, NeurIPS 2021), for each
 * tail apart. A miss lowers the level of its tail by {@value #RATE}, so that the share of misses
 * goes to what was asked for whatever the runs do.
 *
 * @param lowerLevel share of runs to fall below, as adapted
 * @param upperLevel share of runs to fall above, as adapted
 */
record AdaptiveInterval(double lowerLevel, double upperLevel) {
  private static final double RATE = 0.1;
  private static final double LEAST_LEVEL = 0.001;
  private static final double MOST_LEVEL = 0.4;
  private static final double LEAST_SCALE = 0.05;
  private static final double FIRST_SCALE = 0.3;
  private static final int FEW = 3;

  static AdaptiveInterval of(double confidence) {
    return new AdaptiveInterval((1 - confidence) / 2, (1 - confidence) / 2);
  }

  /**
   * The ends, relative to the prediction.
   *
   * @param residuals past residuals, logarithms of actual over predicted, any order
   */
  double[] ends(List<Double> residuals) {
    double[] sorted = residuals.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double scale = FIRST_SCALE;
    if (sorted.length >= FEW) {
      double middle = RidgeTrainer.median(sorted);
      double[] away = Arrays.stream(sorted).map(r -> Math.abs(r - middle)).toArray();
      scale = Math.max(LEAST_SCALE, 1.4826 * RidgeTrainer.median(away));
    }
    double[] all = Arrays.copyOf(sorted, sorted.length + 2);
    double pseudo = Math.max(2 * scale, FIRST_SCALE);
    all[sorted.length] = -pseudo;
    all[sorted.length + 1] = pseudo;
    Arrays.sort(all);
    double lower = quantile(all, clamp(lowerLevel), scale);
    double upper = quantile(all, 1 - clamp(upperLevel), scale);
    return new double[] {Math.min(lower, 0), Math.max(upper, 0)};
  }

  /** After a run. */
  AdaptiveInterval after(boolean below, boolean above, double confidence) {
    double level = (1 - confidence) / 2;
    return new AdaptiveInterval(
        lowerLevel + RATE * (level - (below ? 1 : 0)),
        upperLevel + RATE * (level - (above ? 1 : 0)));
  }

  private static double clamp(double level) {
    return Math.max(LEAST_LEVEL, Math.min(MOST_LEVEL, level));
  }

  /** The quantile of n + 1 exchangeable values; beyond the sample it goes on by the scale. */
  private static double quantile(double[] sorted, double share, double scale) {
    double at = share * (sorted.length + 1) - 1;
    if (at <= 0) {
      return sorted[0] + at * scale;
    }
    int last = sorted.length - 1;
    if (at >= last) {
      return sorted[last] + (at - last) * scale;
    }
    int below = (int) at;
    return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
  }
}
