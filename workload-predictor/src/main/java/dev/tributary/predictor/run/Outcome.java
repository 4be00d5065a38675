package dev.tributary.predictor.run;

/** How a run ended. All but the first are censored: the run would have taken at least as long. */
public enum Outcome {
  FINISHED,
  FAILED,
  TIMED_OUT,
  OUT_OF_MEMORY;

  /** Whether the measured values are what the job takes. */
  public boolean isFinished() {
    return this == FINISHED;
  }
}
