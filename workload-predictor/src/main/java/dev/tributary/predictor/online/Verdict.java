package dev.tributary.predictor.online;

import java.util.Locale;
import java.util.Optional;

/**
 * What an outcome meant.
 *
 * @param run index of the run, from 0
 * @param inside whether it lay in the interval; empty where nothing had been predicted
 * @param drift an alarm raised by this run
 * @param again whether the alarm is of the change that the last one told of: no run since was of
 *     usual pace
 * @param change what happened to the models because of this run
 */
public record Verdict(
    int run,
    Optional<Boolean> inside,
    Optional<Drift> drift,
    boolean again,
    Optional<Change> change) {
  /** Whether the run raised an alarm of a change not told of before. */
  public boolean isNewDrift() {
    return drift.isPresent() && !again;
  }

  /** Where a job drifts to. */
  public enum Drift {
    SLOWER,
    FASTER;

    /** In lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What happens to the models. */
  public enum Change {
    /** A challenger, trained on the runs since the drift began, predicts beside the champion. */
    CHALLENGER_STARTED,
    /** It predicted better on the runs after its training and is the champion now. */
    PROMOTED,
    /** It did not become better in time. */
    DISCARDED,
    /** The former champion predicted better on the runs after the promotion and is back. */
    ROLLED_BACK;

    /** In lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
