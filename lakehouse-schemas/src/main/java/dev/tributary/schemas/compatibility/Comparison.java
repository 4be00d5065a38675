package dev.tributary.schemas.compatibility;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What changed between two versions of a schema; annotations such as titles and descriptions do not
 * count.
 *
 * @param changes by pointer
 */
public record Comparison(List<Change> changes) {
  public Comparison {
    changes = changes.stream().sorted(Comparator.comparing(Change::pointer)).toList();
  }

  /** The label the newer version needs at least. */
  public Label requiredLabel() {
    return worst().map(change -> change.effect().label()).orElse(Label.ADDITION);
  }

  /**
   * Whether it is proven that every instance valid under the earlier version is valid under the
   * newer one.
   */
  public boolean strictlyCompatible() {
    return changes.stream().allMatch(change -> change.effect() == Effect.COMPATIBLE);
  }

  /** The change with the gravest effect. */
  public Optional<Change> worst() {
    return changes.stream()
        .max(
            Comparator.comparing(Change::effect)
                .thenComparing(Change::pointer, Comparator.reverseOrder()));
  }

  /** Whether a declared label promises more than the change keeps. */
  public boolean understatedBy(Label declared) {
    return declared.compareTo(requiredLabel()) < 0;
  }
}
