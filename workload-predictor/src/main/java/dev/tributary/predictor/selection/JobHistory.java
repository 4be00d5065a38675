package dev.tributary.predictor.selection;

import java.util.List;
import java.util.Optional;

/**
 * The measured runs of one job.
 *
 * @param description what was known of it before
 * @param trials at most one a candidate
 * @param likeness how alike the job is to the one that is chosen for, above 0 and at most 1: what
 *     it counts beside the others
 */
public record JobHistory(JobDescription description, List<Trial> trials, double likeness) {
  /** Checks and copies. */
  public JobHistory {
    trials = List.copyOf(trials);
    if (!(likeness > 0 && likeness <= 1)) {
      throw new IllegalArgumentException(
          "a likeness is above 0 and at most 1, not %s".formatted(likeness));
    }
  }

  /** A job of which nothing says how alike it is. */
  public JobHistory(JobDescription description, List<Trial> trials) {
    this(description, trials, 1);
  }

  /** The run on a candidate. */
  Optional<Trial> on(Candidate candidate) {
    return trials.stream().filter(t -> t.candidate().key().equals(candidate.key())).findFirst();
  }

  /** Lowest cost of a completed run; NaN where none completed. */
  double optimum() {
    return trials.stream()
        .filter(Trial::completed)
        .mapToDouble(Trial::cost)
        .min()
        .orElse(Double.NaN);
  }
}
