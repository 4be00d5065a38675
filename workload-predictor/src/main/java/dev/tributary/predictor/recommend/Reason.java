package dev.tributary.predictor.recommend;

/** Why a candidate is not recommended; in the order in which they are looked at. */
public enum Reason {
  /** The platform or an enforced setting does not go with it. */
  NOT_POSSIBLE("cannot be had like this"),
  /** It lies outside of what the models have seen. */
  UNKNOWN("outside of what the runs show"),
  /** An executor on it holds less than the bound of the peak. */
  MEMORY("too little memory"),
  /** Its runtime's bound is after the deadline. */
  DEADLINE("too slow"),
  /** Interruptions make the deadline too unlikely. */
  INTERRUPTION("too likely interrupted"),
  /** Its cost's bound is above what may be paid. */
  BUDGET("too dear"),
  /** It would do, but another is cheaper, the price of being late counted. */
  DEARER("dearer or less sure than the chosen one");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
