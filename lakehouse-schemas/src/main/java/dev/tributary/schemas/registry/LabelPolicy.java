package dev.tributary.schemas.registry;

/** What becomes of a version whose label understates its change. */
public enum LabelPolicy {
  /** It is refused; later versions are compared with the last accepted one. */
  REFUSE,
  /**
   * It is accepted and listed among the warnings; for registries of others, whose history cannot be
   * changed.
   */
  REPORT
}
