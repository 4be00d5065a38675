package dev.tributary.pipelines.store;

/** An object store cannot be used: what is wrong, why, and what to do. A later try may succeed. */
public final class StoreException extends RuntimeException {
  private final String problem;
  private final String reason;
  private final String fix;

  StoreException(String problem, String reason, String fix, Throwable cause) {
    super(problem + ". " + reason + ". Fix: " + fix + ".", cause);
    this.problem = problem;
    this.reason = reason;
    this.fix = fix;
  }

  /** What is wrong, with the place. */
  public String problem() {
    return problem;
  }

  /** Why. */
  public String reason() {
    return reason;
  }

  /** What to do. */
  public String fix() {
    return fix;
  }
}
