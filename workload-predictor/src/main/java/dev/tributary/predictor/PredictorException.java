package dev.tributary.predictor;

import java.util.Objects;

/** A failure that a person can act on: what is wrong, why, and how to put it right. */
public final class PredictorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is, and what a process exits with because of it. */
  public enum Kind {
    /** Anything that has no kind of its own. */
    FAILED(1),
    /** The command line, the configuration, or what a file holds is wrong; nothing was done. */
    USAGE(2),
    /** A service or a store cannot be reached; a later try may succeed. */
    UNREACHABLE(4);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The process exit code. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  /**
   * @param problem what is wrong, with the value
   * @param reason why; may be null
   * @param fix what to do
   */
  public PredictorException(Kind kind, String problem, String reason, String fix, Throwable cause) {
    super(
        sentence(problem)
            + (reason == null ? "" : " " + sentence(reason))
            + (fix == null ? "" : " Fix: " + sentence(fix)),
        cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** A wrong command line, configuration or file. */
  public static PredictorException usage(String problem, String reason, String fix) {
    return new PredictorException(Kind.USAGE, problem, reason, fix, null);
  }

  /** The kind. */
  public Kind kind() {
    return kind;
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
