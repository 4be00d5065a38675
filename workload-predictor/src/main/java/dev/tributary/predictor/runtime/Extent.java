package dev.tributary.predictor.runtime;

import java.util.List;
import java.util.Optional;

/** The region that the rows of a design span, and whether a question lies outside of it. */
final class Extent {
  private static final double MARGIN = 0.5;
  private static final double SAME = 1e-9;

  private final List<String> names;
  private final double[] least;
  private final double[] greatest;

  Extent(Design design) {
    names = design.names();
    least = design.rows()[0].clone();
    greatest = design.rows()[0].clone();
    for (double[] row : design.rows()) {
      for (int column = 0; column < row.length; column++) {
        least[column] = Math.min(least[column], row[column]);
        greatest[column] = Math.max(greatest[column], row[column]);
      }
    }
  }

  boolean isConstant(int column) {
    return greatest[column] - least[column] <= SAME * (1 + Math.abs(greatest[column]));
  }

  /**
   * Why a row is outside; empty if it is inside. Beyond either end half of the range seen counts as
   * inside, on the logarithm for features above 0.
   */
  Optional<String> outside(double[] row) {
    for (int column = 0; column < row.length; column++) {
      boolean logarithmic = least[column] > 0 && row[column] > 0;
      double value = scaled(row[column], logarithmic);
      double low = scaled(least[column], logarithmic);
      double high = scaled(greatest[column], logarithmic);
      double margin = isConstant(column) ? SAME * (1 + Math.abs(high)) : MARGIN * (high - low);
      if (value < low - margin || value > high + margin) {
        return Optional.of(
            "%s is %s, seen were %s to %s"
                .formatted(names.get(column), row[column], least[column], greatest[column]));
      }
    }
    return Optional.empty();
  }

  private static double scaled(double value, boolean logarithmic) {
    return logarithmic ? Math.log(value) : value;
  }
}
