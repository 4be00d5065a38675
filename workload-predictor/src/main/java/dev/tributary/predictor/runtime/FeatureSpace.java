package dev.tributary.predictor.runtime;

/** Rows of features, each rescaled and then standardised by the rows it was made from. */
final class FeatureSpace {
  private final Scale[] scales;
  private final double[] mean;
  private final double[] deviation;

  /**
   * @param rows at least one, all of one length
   * @param scaleOut column of the scale-out, or −1 for none
   * @param forScaleOut its scale
   * @param forOthers the scale of the other features; those not above 0 stay linear
   */
  FeatureSpace(double[][] rows, int scaleOut, Scale forScaleOut, Scale forOthers) {
    int features = rows[0].length;
    scales = new Scale[features];
    mean = new double[features];
    deviation = new double[features];
    for (int column = 0; column < features; column++) {
      Scale wanted = column == scaleOut ? forScaleOut : forOthers;
      scales[column] = isPositive(rows, column) ? wanted : Scale.LINEAR;
      standardise(rows, column);
    }
  }

  private static boolean isPositive(double[][] rows, int column) {
    for (double[] row : rows) {
      if (!(row[column] > 0)) {
        return false;
      }
    }
    return true;
  }

  private void standardise(double[][] rows, int column) {
    double sum = 0;
    for (double[] row : rows) {
      sum += scales[column].of(row[column]);
    }
    mean[column] = sum / rows.length;
    double squares = 0;
    for (double[] row : rows) {
      double away = scales[column].of(row[column]) - mean[column];
      squares += away * away;
    }
    double root = Math.sqrt(squares / rows.length);
    deviation[column] = root > 1e-12 * (1 + Math.abs(mean[column])) ? root : 1;
  }

  /** One row in this space; a value outside of a scale's domain counts as the domain's edge. */
  double[] of(double[] row) {
    double[] scaled = new double[row.length];
    for (int column = 0; column < row.length; column++) {
      double value = scales[column] == Scale.LINEAR ? row[column] : Math.max(row[column], 1e-9);
      scaled[column] = (scales[column].of(value) - mean[column]) / deviation[column];
    }
    return scaled;
  }

  /** Many rows. */
  double[][] of(double[][] rows) {
    double[][] scaled = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      scaled[row] = of(rows[row]);
    }
    return scaled;
  }
}
