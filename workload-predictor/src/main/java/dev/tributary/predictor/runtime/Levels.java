package dev.tributary.predictor.runtime;

import java.util.Arrays;

/** The distinct values of each feature, and which of them each row has. */
final class Levels {
  private final double[][] values;
  private final int[][] level;

  Levels(double[][] rows) {
    int features = rows[0].length;
    values = new double[features][];
    level = new int[features][rows.length];
    for (int feature = 0; feature < features; feature++) {
      int column = feature;
      values[feature] =
          Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().distinct().toArray();
      for (int row = 0; row < rows.length; row++) {
        level[feature][row] = Arrays.binarySearch(values[feature], rows[row][feature]);
      }
    }
  }

  double[] values(int feature) {
    return values[feature];
  }

  int level(int feature, int row) {
    return level[feature][row];
  }
}
