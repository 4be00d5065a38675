package dev.tributary.pipelines.identity.matching;

/** Records, a configuration or a model that cannot be used; the message says what to do. */
public final class MatchingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String fix;

  MatchingException(String problem, String fix) {
    super(problem + ". Fix: " + fix + ".");
    this.problem = problem;
    this.fix = fix;
  }

  /** What is wrong, without a full stop. */
  public String problem() {
    return problem;
  }

  /** What to do, without a full stop. */
  public String fix() {
    return fix;
  }
}
