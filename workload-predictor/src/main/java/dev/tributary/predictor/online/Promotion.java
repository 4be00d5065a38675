package dev.tributary.predictor.online;

import java.util.List;

/**
 * Whether a challenger becomes the champion: only on runs that came after it, {@value #FEWEST} or
 * more, with a mean error at least {@value #MARGIN_PERCENT} % lower, and better on more than half.
 * After {@value #MOST} runs without that it is rejected.
 */
public sealed interface Promotion {
  /** Fewest later runs to judge by. */
  int FEWEST = 5;

  /** Later runs after which a challenger that is not better is rejected. */
  int MOST = 30;

  /** By how much its mean error has to be lower, per cent. */
  int MARGIN_PERCENT = 5;

  /** One sentence with the figures. */
  String reason();

  /**
   * Champion and challenger on a run that came after the challenger.
   *
   * @param championError absolute log error of the champion, 0 upwards
   * @param challengerError the same of the challenger
   */
  record Trial(double championError, double challengerError) {}

  /** The challenger is better. */
  record Better(String reason) implements Promotion {}

  /** Not enough came after it to tell. */
  record Undecided(String reason) implements Promotion {}

  /** It is not better. */
  record NotBetter(String reason) implements Promotion {}

  /** Judges by all runs that came after the challenger. */
  static Promotion judge(List<Trial> later) {
    int runs = later.size();
    if (runs < FEWEST) {
      return new Undecided("%d of %d later runs are there to compare.".formatted(runs, FEWEST));
    }
    double champion = later.stream().mapToDouble(Trial::championError).average().orElseThrow();
    double challenger = later.stream().mapToDouble(Trial::challengerError).average().orElseThrow();
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
