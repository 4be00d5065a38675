package dev.tributary.predictor.service;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Rolling MAPE and coverage over the latest predictions, and a two-sided CUSUM (Page, Continuous
 * inspection schemes, Biometrika 1954) of log errors in units of half the interval's width on the
 * log scale. An error counts at most {@value #LARGEST}, so that one outlier alone raises no alarm.
 *
 * @param window how many of the latest predictions the rates are of, at least 1
 */
record RollingWatch(int window) implements JobWatch {
  static final int DEFAULT_WINDOW = 20;
  private static final double SLACK = 0.3;
  private static final double THRESHOLD = 3;
  private static final double LARGEST = 2.5;
  private static final double NARROWEST = 0.03;

  RollingWatch {
    if (window < 1) {
      throw new IllegalArgumentException("a window holds at least 1 prediction, not " + window);
    }
  }

  @Override
  public Report judge(List<Closed> closed) {
    List<Closed> latest = closed.subList(Math.max(0, closed.size() - window), closed.size());
    OptionalDouble mape =
        latest.stream()
            .mapToDouble(c -> Math.abs(c.predicted().expected() - c.actual()) / c.actual())
            .average();
    OptionalDouble coverage = latest.stream().mapToDouble(c -> c.covered() ? 1 : 0).average();
    OptionalInt since = changed(closed);
    return new Report(
        latest.size(),
        mape,
        coverage,
        since.isPresent(),
        since,
        since.isPresent()
            ? "The sum of errors to one side passed %.1f half intervals, beginning with run %s."
                .formatted(THRESHOLD, closed.get(since.getAsInt()).runId())
            : "The errors to either side cancel out over %d predictions.".formatted(closed.size()));
  }

  /** The first prediction of the sum that passed the threshold; the alarm stays from then on. */
  private static OptionalInt changed(List<Closed> closed) {
    double above = 0;
    double below = 0;
    int aboveSince = 0;
    int belowSince = 0;
    for (int i = 0; i < closed.size(); i++) {
      double error = standardised(closed.get(i));
      aboveSince = above == 0 ? i : aboveSince;
      belowSince = below == 0 ? i : belowSince;
      above = Math.max(0, above + error - SLACK);
      below = Math.max(0, below - error - SLACK);
      if (above > THRESHOLD || below > THRESHOLD) {
        return OptionalInt.of(above > below ? aboveSince : belowSince);
      }
    }
    return OptionalInt.empty();
  }

  private static double standardised(Closed closed) {
    double expected = Math.max(closed.predicted().expected(), Double.MIN_NORMAL);
    double lower = Math.max(closed.predicted().lower(), expected / 1e3);
    double upper = Math.max(closed.predicted().upper(), lower);
    double half = Math.max(NARROWEST, (Math.log(upper) - Math.log(lower)) / 2);
    double error = (Math.log(closed.actual()) - Math.log(expected)) / half;
    return Math.max(-LARGEST, Math.min(LARGEST, error));
  }
}
