package dev.tributary.predictor.service;

import java.nio.file.Path;
import java.util.Optional;

/** Which models, recommender and watch serve. The one place that names them. */
final class Plugs {
  private Plugs() {}

  /**
   * Fits models and chooses clusters.
   *
   * @param prices the file of {@code --prices}
   */
  static Advisor advisor(Optional<Path> prices) {
    return new PlainAdvisor(prices.map(PriceList::read).orElse(PriceList.none()));
  }

  /** Judges the champion of a job. */
  static JobWatch watch() {
    return new RollingWatch(RollingWatch.DEFAULT_WINDOW);
  }
}
