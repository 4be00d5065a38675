package dev.tributary.predictor.eventlog;

/** Says that a line is not JSON. One object for all: lines are counted, not described. */
final class MalformedJson extends Exception {
  private static final long serialVersionUID = 1L;
  static final MalformedJson ERROR = new MalformedJson();

  private MalformedJson() {
    super("not JSON", null, false, false);
  }
}
