package dev.tributary.predictor.runtime;

import dev.tributary.predictor.run.Run;
import java.util.OptionalDouble;

/** The quantity of a run that is modelled. */
public enum Target {
  /** Wall-clock time, seconds. */
  RUNTIME_SECONDS,
  /** Greatest memory of one executor, MB. */
  PEAK_MEMORY_MB,
  /** Task CPU time over cores × runtime, 0 to 1. */
  CPU_UTILISATION;

  /** What was measured, if it was and is above 0. */
  OptionalDouble of(Run run) {
    OptionalDouble value =
        switch (this) {
          case RUNTIME_SECONDS -> OptionalDouble.of(run.runtime().toNanos() / 1e9);
          case PEAK_MEMORY_MB -> run.peakMemoryMb();
          case CPU_UTILISATION -> run.cpuUtilisation();
        };
    return value.isPresent() && value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }

  /** Greatest possible value. */
  double ceiling() {
    return this == CPU_UTILISATION ? 1 : Double.POSITIVE_INFINITY;
  }

  /** Whether an unfinished run tells a lower bound: its memory and time only grew. */
  boolean censorable() {
    return this != CPU_UTILISATION;
  }
}
