package dev.tributary.predictor.price;

/** Who rents the machine out. */
public enum Cloud {
  AWS,
  GCP,
  /** A type that only the user's prices know: offered on every platform. */
  OTHER
}
