package dev.tributary.predictor.online;

import java.util.Arrays;

/**
 * How far a run lies from what is usual towards a drift, in deviations of usual runs.
 *
 * <p>The deviation is that of the usual runs on the side towards the drift, as errors may be
 * skewed: the root of their mean square, each counted for {@value #CLIP} robust deviations at most.
 * It is wider for few runs, and where runs resemble the ones before them, by what that adds to the
 * variance of a sum (Johnson and Bagshaw, The Effect of Serial Correlation on the Performance of
 * CUSUM Tests, Technometrics 1974).
 *
 * @param deviations of this run
 * @param ofDrift deviations by which a drift of half would move a usual run, above 0: how well the
 *     score tells one
 */
record DriftScore(double deviations, double ofDrift) {
  /** Logarithm of the factor of the drift that is looked for: half as long again. */
  static final double DRIFT = Math.log(1.5);

  /** Of logarithms of runtimes; of other values what is as much of a drift. */
  private static final double LEAST_DEVIATION = 0.03;

  private static final double SMALLEST = 1e-9;
  private static final double OUTER_DECILE = 1.2816;
  private static final double CLIP = 2.5;

  /** What clipping takes from the deviation of few normal values. */
  private static final double CLIPPED = 1.05;

  private static final double PRIOR_RUNS = 4;

  /** The scores of one run towards slower and towards faster. */
  record Sides(DriftScore slower, DriftScore faster) {
    /** Of a logarithm of actual over expected, held against those of usual runs in their order. */
    static Sides ofError(double error, double[] usual) {
      double[] negated = Arrays.stream(usual).map(e -> -e).toArray();
      double middle = RidgeTrainer.median(usual);
      return new Sides(
          DriftScore.of(error, usual, middle + DRIFT),
          DriftScore.of(-error, negated, DRIFT - middle));
    }

    /** Of such a logarithm where the deviation of usual ones around 0 is known. */
    static Sides ofError(double error, double deviation) {
      double at = Math.max(LEAST_DEVIATION, deviation);
      return new Sides(
          new DriftScore(error / at, DRIFT / at), new DriftScore(-error / at, DRIFT / at));
    }
  }

  /**
   * Of any value that grows towards the drift.
   *
   * @param value of the run
   * @param usual values of usual runs in the order of time, at least 2
   * @param drifted what a drift of half would make of a usual run's value
   */
  static DriftScore of(double value, double[] usual, double drifted) {
    double middle = RidgeTrainer.median(usual);
    double least = LEAST_DEVIATION * Math.max(SMALLEST, drifted - middle) / DRIFT;
    double deviation = deviation(usual, middle, least);
    return new DriftScore((value - middle) / deviation, (drifted - middle) / deviation);
  }

  private static double deviation(double[] usual, double middle, double least) {
    double robust =
        Math.max(
            least,
            Math.max(medianDeviation(usual, middle), (outer(usual) - middle) / OUTER_DECILE));
    double square =
        Arrays.stream(usual)
            .filter(v -> v >= middle)
            .map(v -> Math.pow(Math.min(v - middle, CLIP * robust), 2))
            .average()
            .orElse(0);
    double deviation = Math.max(least, Math.sqrt(square) * CLIPPED);
    double serial = serial(usual, middle, CLIP * deviation);
    return deviation * Math.sqrt((1 + 2.0 / usual.length) * (1 + serial) / (1 - serial));
  }

  /** Median absolute deviation, as a standard deviation of normal values. */
  static double medianDeviation(double[] values, double middle) {
    return 1.4826
        * RidgeTrainer.median(Arrays.stream(values).map(v -> Math.abs(v - middle)).toArray());
  }

  /** The ninth decile. */
  private static double outer(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = 0.9 * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** Correlation of each run with the one before, 0 where negative, shrunk for few runs. */
  private static double serial(double[] usual, double middle, double most) {
    double products = 0;
    double squares = 0;
    double last = 0;
    for (double value : usual) {
      double away = Math.max(-most, Math.min(most, value - middle));
      products += away * last;
      squares += away * away;
      last = away;
    }
    double correlation = squares > 0 ? Math.max(0, products / squares) : 0;
    return correlation * usual.length / (usual.length + PRIOR_RUNS);
  }
}
