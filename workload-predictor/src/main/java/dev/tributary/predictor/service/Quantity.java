package dev.tributary.predictor.service;

import dev.tributary.predictor.run.Run;
import java.util.Locale;
import java.util.OptionalDouble;

/** What is predicted of a run. */
public enum Quantity {
  /** Wall-clock time, seconds. */
  RUNTIME_SECONDS,
  /** Greatest memory that one executor holds, MB. */
  PEAK_MEMORY_MB,
  /** Task CPU time over cores × runtime, 0 to 1. */
  CPU_UTILISATION;

  /** The name in JSON, e.g. {@code runtime_seconds}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value of a run, where it was measured and is above 0. */
  public OptionalDouble of(Run run) {
    OptionalDouble value =
        switch (this) {
          case RUNTIME_SECONDS -> OptionalDouble.of(run.runtime().toNanos() / 1e9);
          case PEAK_MEMORY_MB -> run.peakMemoryMb();
          case CPU_UTILISATION -> run.cpuUtilisation();
        };
    return value.isPresent() && value.getAsDouble() > 0 ? value : OptionalDouble.empty();
  }
}
