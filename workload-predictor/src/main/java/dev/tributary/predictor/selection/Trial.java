package dev.tributary.predictor.selection;

import java.util.Objects;

/**
 * A measured run of a job on a candidate.
 *
 * @param candidate what it ran on
 * @param completed false where it failed or was stopped at a time limit
 * @param cost price paid, above 0; not read where the run did not complete
 * @param runtimeSeconds wall-clock seconds, above 0; not read where the run did not complete
 */
public record Trial(Candidate candidate, boolean completed, double cost, double runtimeSeconds) {
  /** Checks the ranges. */
  public Trial {
    Objects.requireNonNull(candidate, "candidate");
    if (completed && !(cost > 0 && runtimeSeconds > 0)) {
      throw new IllegalArgumentException(
          "a completed run on %s costs and takes something, not %s and %s s"
              .formatted(candidate.key(), cost, runtimeSeconds));
    }
  }
}
