package dev.tributary.predictor.evaluation;

/** How rows are parted into training and test. */
public enum Protocol {
  /** A tenth of all configurations, rounded up, is test. */
  RANDOM_SPLIT,
  /** As random split, but inside one context; the splits go round the contexts. */
  LOCAL,
  /** Training on 3, 6, …, 30 configurations, test on all others; each so many splits. */
  AVAILABILITY,
  /** Each context is test once, all others training; then a scale-out is chosen by deadline. */
  BY_CONTEXT;

  /** As written on the command line. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
