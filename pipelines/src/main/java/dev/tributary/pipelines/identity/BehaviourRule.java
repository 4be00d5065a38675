package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.EvidenceRule.Side;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Devices that a model compares by what they do.
 *
 * @param name of the model; its versions are {@code name-1}, {@code name-2}, …
 * @param tables whose rows show devices
 * @param atLeast probability from which on a match is evidence, in (0, 1)
 */
record BehaviourRule(String name, List<Source> tables, double atLeast) {
  static final double AT_LEAST = 0.9;

  /**
   * A table that shows devices; what it does not show is absent.
   *
   * @param table or an event for all models of it
   * @param device the identifier of the device
   * @param where SQL condition on the row, if any
   * @param login SQL for the login in force
   * @param network SQL for the internet address
   * @param page SQL for the page
   * @param agent SQL for the user agent
   */
  record Source(
      String table,
      Side device,
      Optional<String> where,
      Optional<String> login,
      Optional<String> network,
      Optional<String> page,
      Optional<String> agent) {
    Source {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(device, "device");
    }
  }

  BehaviourRule {
    Objects.requireNonNull(name, "name");
    tables = List.copyOf(tables);
    if (!(atLeast > 0 && atLeast < 1)) {
      throw new IllegalArgumentException("at_least " + atLeast + " is outside (0, 1)");
    }
  }

  /** The type of the devices. */
  String type() {
    return tables.get(0).device().type();
  }
}
