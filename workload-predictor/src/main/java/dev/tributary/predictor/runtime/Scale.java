package dev.tributary.predictor.runtime;

/** A monotone change of scale of one feature, so that runtime is a smoother function of it. */
enum Scale {
  /** As it is; the only one for features that are not above 0. */
  LINEAR,
  LOG,
  /** −1/x: Ernest's parallel part. */
  INVERSE,
  /** −1/(x − 1): the driver takes the place of one machine, as on YARN in cluster mode. */
  INVERSE_BUT_ONE;

  /** One machine that holds the driver too counts as half of one. */
  private static final double LEAST = 0.5;

  double of(double x) {
    return switch (this) {
      case LINEAR -> x;
      case LOG -> Math.log(x);
      case INVERSE -> -1 / x;
      case INVERSE_BUT_ONE -> -1 / Math.max(x - 1, LEAST);
    };
  }
}
