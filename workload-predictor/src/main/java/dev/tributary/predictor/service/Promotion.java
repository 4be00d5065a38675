package dev.tributary.predictor.service;

import dev.tributary.predictor.service.ComparisonTable.Comparison;
import java.util.List;

/**
 * Whether a challenger becomes the champion: only on runs that came after it, {@value #FEWEST} or
 * more, with a mean error at least {@value #MARGIN_PERCENT} % lower, and better on more than half.
 * After {@value #MOST} runs without that it is rejected.
 */
sealed interface Promotion {
  int FEWEST = 5;
  int MOST = 30;
  int MARGIN_PERCENT = 5;

  /** One sentence with the figures. */
  String reason();

  /** The challenger is better. */
  record Better(String reason) implements Promotion {}

  /** Not enough came after it to tell. */
  record Undecided(String reason) implements Promotion {}

  /** It is not better. */
  record NotBetter(String reason) implements Promotion {}

  static Promotion judge(List<Comparison> later) {
    int runs = later.size();
    if (runs < FEWEST) {
      return new Undecided("%d of %d later runs are there to compare.".formatted(runs, FEWEST));
    }
    double champion = later.stream().mapToDouble(Comparison::championError).average().orElseThrow();
    double challenger =
        later.stream().mapToDouble(Comparison::challengerError).average().orElseThrow();
    long won = later.stream().filter(c -> c.challengerError() < c.championError()).count();
    String figures =
        "On %d later runs the mean absolute log error is %.4f of the challenger and %.4f of the champion; it was better on %d."
            .formatted(runs, challenger, champion, won);
    if (challenger <= champion * (100 - MARGIN_PERCENT) / 100 && 2 * won > runs) {
      return new Better(figures);
    }
    return runs < MOST ? new Undecided(figures) : new NotBetter(figures);
  }
}
