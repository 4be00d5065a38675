package dev.tributary.predictor.price;

/** How the workers are bought; the driver is always on demand. */
public enum Purchase {
  ON_DEMAND,
  SPOT;

  /** As it is written in constraints and output: {@code on-demand}, {@code spot}. */
  public String label() {
    return this == ON_DEMAND ? "on-demand" : "spot";
  }
}
