package dev.tributary.predictor.selection;

/**
 * Makes a full table of log costs (jobs × candidates) of one with gaps, and takes each job's level
 * out: a gap is the other jobs' mean at that candidate, or, where no job has a value, what the job
 * itself did on similar candidates.
 */
final class Filling {
  private final double[][] points;
  private final double[] lengths;

  Filling(double[][] points, double[] lengths) {
    this.points = points;
    this.lengths = lengths;
  }

  /**
   * @param costs log costs; NaN where not known
   * @param failed where the run did not complete; its cost is the filled value plus {@code surplus}
   * @return rows with mean 0
   */
  double[][] fill(double[][] costs, boolean[][] failed, double surplus) {
    int jobs = costs.length;
    int n = points.length;
    double[][] levelled = new double[jobs][];
    for (int j = 0; j < jobs; j++) {
      double level = leastOf(costs[j]);
      levelled[j] = new double[n];
      for (int i = 0; i < n; i++) {
        levelled[j][i] = costs[j][i] - level;
      }
    }
    double[] means = columnMeans(levelled);
    double[][] result = new double[jobs][n];
    for (int j = 0; j < jobs; j++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double value = levelled[j][i];
        if (Double.isNaN(value)) {
          value = Double.isNaN(means[i]) ? smoothed(levelled[j], i) : means[i];
          value += failed[j][i] ? surplus : 0;
        }
        result[j][i] = value;
        sum += value;
      }
      for (int i = 0; i < n; i++) {
        result[j][i] -= sum / n;
      }
    }
    return result;
  }

  private double smoothed(double[] row, int at) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < row.length; i++) {
      if (!Double.isNaN(row[i])) {
        double distance = 0;
        for (int d = 0; d < lengths.length; d++) {
          double difference = (points[at][d] - points[i][d]) / lengths[d];
          distance += difference * difference;
        }
        double near = Math.exp(-2 * distance) + 1e-12;
        sum += near * row[i];
        weight += near;
      }
    }
    return weight > 0 ? sum / weight : 0;
  }

  private static double leastOf(double[] row) {
    double least = Double.POSITIVE_INFINITY;
    for (double value : row) {
      least = Double.isNaN(value) ? least : Math.min(least, value);
    }
    return Double.isInfinite(least) ? 0 : least;
  }

  private static double[] columnMeans(double[][] rows) {
    int n = rows.length == 0 ? 0 : rows[0].length;
    double[] means = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      int count = 0;
      for (double[] row : rows) {
        if (!Double.isNaN(row[i])) {
          sum += row[i];
          count++;
        }
      }
      means[i] = count == 0 ? Double.NaN : sum / count;
    }
    return means;
  }
}
