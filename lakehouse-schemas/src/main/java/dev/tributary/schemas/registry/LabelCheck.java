package dev.tributary.schemas.registry;

import java.util.List;

/** Holds the version number of a schema against what changed since the version before it. */
final class LabelCheck {
  private LabelCheck() {}

  /** Empty when the label is honest, or there is no earlier version of the schema. */
  static List<Refusal> understated(EventSchema earlier, EventSchema schema) {
    return List.of();
  }
}
