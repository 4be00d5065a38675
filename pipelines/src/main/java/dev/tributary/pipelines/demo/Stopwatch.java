package dev.tributary.pipelines.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long the parts of a demo took. */
final class Stopwatch {
  private final Map<String, Double> laps = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private long lap = start;

  void lap(String name) {
    long now = System.nanoTime();
    laps.put(name, seconds(now - lap));
    lap = now;
  }

  /** Seconds since the beginning. */
  double total() {
    return seconds(System.nanoTime() - start);
  }

  /** Seconds of each part, and of all. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>(laps);
    seconds.put("total", total());
    return seconds;
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e7) / 100.0;
  }
}
