package dev.tributary.predictor.service;

import dev.tributary.predictor.price.Prices;
import java.nio.file.Path;
import java.util.Optional;

/** Which models and recommender serve. The one place that names them. */
final class Plugs {
  private Plugs() {}

  /**
   * Fits models and chooses clusters.
   *
   * @param prices the file of {@code --prices}, over the shipped ones
   */
  static Advisor advisor(Optional<Path> prices) {
    return new RecommendingAdvisor(prices.map(Prices::withFile).orElseGet(Prices::shipped));
  }
}
