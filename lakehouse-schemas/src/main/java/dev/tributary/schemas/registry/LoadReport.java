package dev.tributary.schemas.registry;

import java.util.List;
import java.util.Objects;

/**
 * The outcome of loading.
 *
 * @param registry what was accepted, and only that
 * @param refusals one for each file that was not accepted, by file
 * @param warnings understated labels that {@link LabelPolicy#REPORT} let pass
 */
public record LoadReport(SchemaRegistry registry, List<Refusal> refusals, List<Refusal> warnings) {
  public LoadReport {
    Objects.requireNonNull(registry, "registry");
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }
}
