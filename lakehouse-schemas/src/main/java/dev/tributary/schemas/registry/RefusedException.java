package dev.tributary.schemas.registry;

/** Carries a refusal out of the checks of one file; never leaves this package. */
final class RefusedException extends Exception {
  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.reason(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
