package dev.tributary.predictor.runtime;

/**
 * The scale of the target on which effects add up: on {@code LOG} they multiply, on {@code LINEAR}
 * they are seconds.
 */
enum Warp {
  LOG,
  SQUARE_ROOT,
  LINEAR;

  private static final double SMALLEST = 1e-3;

  double of(double y) {
    return switch (this) {
      case LOG -> Math.log(y);
      case SQUARE_ROOT -> Math.sqrt(y);
      case LINEAR -> y;
    };
  }

  /** The inverse, kept above 0. */
  double back(double u) {
    return switch (this) {
      case LOG -> Math.exp(u);
      case SQUARE_ROOT -> Math.max(u, SMALLEST) * Math.max(u, SMALLEST);
      case LINEAR -> Math.max(u, SMALLEST);
    };
  }

  /** Change of the warped value for a relative change of y by 1. */
  double perRelative(double y) {
    return switch (this) {
      case LOG -> 1;
      case SQUARE_ROOT -> Math.sqrt(y) / 2;
      case LINEAR -> y;
    };
  }
}
