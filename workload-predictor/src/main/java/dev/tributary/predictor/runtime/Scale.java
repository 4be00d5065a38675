package dev.tributary.predictor.runtime;

/** A monotone change of scale of one feature, so that runtime is a smoother function of it. */
enum Scale {
  /** As it is; the only one for features that are not above 0. */
  LINEAR,
  LOG,
  /** −1/x: Ernest's parallel part. */
  INVERSE,
  /** −1/x²: falls off faster than the machines grow, as spilling does. */
  INVERSE_SQUARE;

  double of(double x) {
    return switch (this) {
      case LINEAR -> x;
      case LOG -> Math.log(x);
      case INVERSE -> -1 / x;
      case INVERSE_SQUARE -> -1 / (x * x);
    };
  }
}
