package dev.tributary.predictor.runtime;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The input size of the next run of a recurring job. Three forecasts are tried on the history, each
 * point predicted from those before it: the last value; the median of the last {@value #CYCLES} at
 * the same hour of day; the same at the same hour and weekday. The season is taken only where its
 * mean absolute relative error is lower than that of the last value.
 *
 * @param value the forecast, in the unit of the history
 * @param method which forecast it is
 * @param backTestError mean absolute relative error of that method on the history; NaN if untested
 */
public record LoadForecast(double value, Method method, double backTestError) {
  /** Where a forecast comes from. */
  public enum Method {
    LAST_VALUE,
    HOUR_OF_DAY,
    HOUR_OF_WEEK
  }

  /**
   * One past run.
   *
   * @param at when it started
   * @param size its input, above 0
   */
  public record Observation(Instant at, double size) {
    /** Checks the size. */
    public Observation {
      if (!(size > 0) || Double.isInfinite(size)) {
        throw new IllegalArgumentException("an input size is above 0, not " + size);
      }
    }
  }

  private static final int CYCLES = 4;
  private static final int FEWEST_TESTS = 5;

  /**
   * Forecasts the run that starts at an instant.
   *
   * @param history at least one observation, in any order; later ones than {@code when} are ignored
   * @param zone whose hours and weekdays count
   */
  public static LoadForecast next(List<Observation> history, Instant when, ZoneId zone) {
    List<Observation> past =
        history.stream()
            .filter(observation -> observation.at().isBefore(when))
            .sorted(Comparator.comparing(Observation::at))
            .toList();
    if (past.isEmpty()) {
      throw new IllegalArgumentException("a forecast needs one run before " + when);
    }
    LoadForecast best = null;
    for (Method method : Method.values()) {
      OptionalDouble value = forecast(method, past, when, zone);
      if (value.isPresent()) {
        double error = error(method, past, zone);
        if (best == null || error < best.backTestError()) {
          best = new LoadForecast(value.getAsDouble(), method, error);
        }
      }
    }
    return best;
  }

  /** Over the points that every method can forecast, so that the errors compare. */
  private static double error(Method method, List<Observation> past, ZoneId zone) {
    double sum = 0;
    int tests = 0;
    for (int i = 1; i < past.size(); i++) {
      Observation actual = past.get(i);
      List<Observation> before = past.subList(0, i);
      if (forecast(Method.HOUR_OF_WEEK, before, actual.at(), zone).isPresent()) {
        double value = forecast(method, before, actual.at(), zone).orElseThrow();
        sum += Math.abs(value - actual.size()) / actual.size();
        tests++;
      }
    }
    return tests < FEWEST_TESTS ? Double.NaN : sum / tests;
  }

  private static OptionalDouble forecast(
      Method method, List<Observation> past, Instant when, ZoneId zone) {
    if (method == Method.LAST_VALUE) {
      return OptionalDouble.of(past.get(past.size() - 1).size());
    }
    ZonedDateTime asked = when.atZone(zone);
    double[] same =
        past.stream()
            .filter(observation -> alike(method, observation.at().atZone(zone), asked))
            .mapToDouble(Observation::size)
            .toArray();
    if (same.length == 0) {
      return OptionalDouble.empty();
    }
    int kept = Math.min(CYCLES, same.length);
    double[] recent = java.util.Arrays.copyOfRange(same, same.length - kept, same.length);
    java.util.Arrays.sort(recent);
    return OptionalDouble.of((recent[kept / 2] + recent[(kept - 1) / 2]) / 2);
  }

  private static boolean alike(Method method, ZonedDateTime past, ZonedDateTime asked) {
    return past.getHour() == asked.getHour()
        && (method == Method.HOUR_OF_DAY || past.getDayOfWeek() == asked.getDayOfWeek());
  }
}
