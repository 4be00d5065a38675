package dev.tributary.predictor.selection;

import java.util.List;
import java.util.Optional;

/**
 * The measured runs of one job.
 *
 * @param description what was known of it before
 * @param trials at most one a candidate
 */
public record JobHistory(JobDescription description, List<Trial> trials) {
  /** Copies. */
  public JobHistory {
    trials = List.copyOf(trials);
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
