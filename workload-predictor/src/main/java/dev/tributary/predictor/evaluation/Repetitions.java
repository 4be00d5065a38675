package dev.tributary.predictor.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * What the repetitions of some configurations say together. A model is fitted to their locations,
 * which are less noisy than medians, and is held to the medians.
 */
final class Repetitions {
  /** Of Student's distribution of repetitions: heavy tails, as a slow node makes them. */
  private static final double FREEDOM = 4;

  private static final double PRIOR_FREEDOM = 6;
  private static final int STEPS = 20;

  private final List<double[]> logarithms;
  private final List<double[]> values;
  private final double[] medians;
  private final double common;

  /**
   * @param values repetitions of each configuration, above 0
   * @param medians of each
   */
  Repetitions(List<double[]> values, double[] medians) {
    this.values = values;
    this.medians = medians;
    this.logarithms =
        values.stream().map(each -> Arrays.stream(each).map(Math::log).toArray()).toList();
    double squares = 0;
    double freedom = 0;
    for (double[] each : logarithms) {
      squares += squares(each);
      freedom += each.length - 1;
    }
    this.common = freedom > 0 ? squares / freedom : 0;
  }

  private static double squares(double[] logarithms) {
    double mean = Arrays.stream(logarithms).average().orElseThrow();
    return Arrays.stream(logarithms).map(log -> (log - mean) * (log - mean)).sum();
  }

  double[] medians() {
    return medians.clone();
  }

  /**
   * Location of Student's distribution with the common variance, by expectation and maximisation
   * (Lange, Little and Taylor 1989, section 3), from the median on. Where repetitions are skewed,
   * locations and medians differ: the mean difference of the logarithms is given back.
   */
  double[] locations() {
    double[] locations = new double[medians.length];
    double away = 0;
    for (int i = 0; i < locations.length; i++) {
      double median = Math.log(medians[i]);
      locations[i] = common > 0 ? location(logarithms.get(i), median) : median;
      away += (median - locations[i]) / locations.length;
    }
    for (int i = 0; i < locations.length; i++) {
      locations[i] = Math.exp(locations[i] + away);
    }
    return locations;
  }

  private double location(double[] logarithms, double start) {
    double location = start;
    for (int step = 0; step < STEPS; step++) {
      double sum = 0;
      double weights = 0;
      for (double log : logarithms) {
        double weight = 1 / (FREEDOM + (log - location) * (log - location) / common);
        sum += weight * log;
        weights += weight;
      }
      location = sum / weights;
    }
    return location;
  }

  /**
   * Variance of the noise of each location over the mean of all. What a configuration's own
   * repetitions say is drawn towards the mean by {@value #PRIOR_FREEDOM} pseudo-degrees of freedom
   * (Smyth 2004, moderated variances).
   */
  double[] noise() {
    double[] noise = new double[medians.length];
    for (int i = 0; i < noise.length; i++) {
      double[] each = logarithms.get(i);
      int own = each.length - 1;
      double seen = squares(each) / (common > 0 ? common : 1);
      noise[i] = (PRIOR_FREEDOM + seen) / (PRIOR_FREEDOM + own) / each.length;
    }
    double mean = Arrays.stream(noise).average().orElse(1);
    return Arrays.stream(noise).map(value -> value / mean).toArray();
  }

  /** The step in which values were recorded. */
  Resolution resolution() {
    return Resolution.of(values.stream().flatMapToDouble(Arrays::stream).toArray());
  }
}
