package dev.tributary.pipelines.job;

import java.util.Objects;

/** One measured figure of a run, e.g. {@code shuffle_read_bytes}, 1048576, {@code bytes}. */
record Metric(String name, double value, String unit) {
  Metric {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
  }
}
