package dev.tributary.schemas.compatibility;

/** What one change does to data written under the earlier version, the mildest first. */
public enum Effect {
  /** All of them stay valid. */
  COMPATIBLE,
  /**
   * All of them stay valid unless one carries, undeclared, the property that is now declared. Field
   * practice, and this project, call that an ADDITION: an open schema could otherwise never gain a
   * typed property.
   */
  ASSUMED,
  /** Some of them may become invalid, or it cannot be proven that none does. */
  BREAKS_SOME,
  /** All of them become invalid. */
  BREAKS_ALL;

  /** The label a change with this effect needs. */
  public Label label() {
    return switch (this) {
      case COMPATIBLE, ASSUMED -> Label.ADDITION;
      case BREAKS_SOME -> Label.REVISION;
      case BREAKS_ALL -> Label.MODEL;
    };
  }
}
