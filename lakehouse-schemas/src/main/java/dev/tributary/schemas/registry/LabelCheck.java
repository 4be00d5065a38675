package dev.tributary.schemas.registry;

import dev.tributary.schemas.compatibility.Change;
import dev.tributary.schemas.compatibility.Comparison;
import dev.tributary.schemas.compatibility.CompatibilityChecker;
import dev.tributary.schemas.compatibility.Label;
import java.util.Optional;

/** Holds the version number of a schema against what changed since the version before it. */
final class LabelCheck {
  private LabelCheck() {}

  /**
   * The refusal of a label that understates; empty when it is honest, or there is no earlier
   * version.
   */
  static Optional<Refusal> understated(EventSchema earlier, EventSchema schema) {
    if (earlier == null || !ofOneSchema(earlier.key(), schema.key())) {
      return Optional.empty();
    }
    Label declared = schema.key().version().labelAfter(earlier.key().version());
    if (declared == Label.MODEL) {
      return Optional.empty();
    }
    Comparison comparison = CompatibilityChecker.compare(earlier.document(), schema.document());
    return comparison.understatedBy(declared)
        ? comparison.worst().map(worst -> refusal(earlier, schema, worst, comparison))
        : Optional.empty();
  }

  private static boolean ofOneSchema(SchemaKey one, SchemaKey other) {
    return one.vendor().equals(other.vendor()) && one.name().equals(other.name());
  }

  private static Refusal refusal(
      EventSchema earlier, EventSchema schema, Change worst, Comparison comparison) {
    long more = comparison.changes().stream().filter(change -> !change.compatible()).count() - 1;
    return SchemaRefusals.understated(
        schema,
        earlier.key().version(),
        comparison.requiredLabel(),
        worst.pointer(),
        worst.why() + (more > 0 ? " (and " + more + " more)" : ""));
  }
}
