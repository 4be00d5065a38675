package dev.tributary.pipelines.job;

/** The exit codes of every command, as schedulers read them. */
public enum ExitCode {
  /** The work is done. */
  SUCCESS(0),
  /** Anything that has no code of its own. */
  FAILED(1),
  /** The command line or the configuration is wrong; nothing was done. */
  USAGE(2),
  /** A data-quality expectation does not hold. */
  EXPECTATION_FAILED(3),
  /** A dependency (broker, object store, service) cannot be reached; a later try may succeed. */
  UNREACHABLE(4),
  /** Stopped by SIGINT (128 + 2). */
  INTERRUPTED(130),
  /** Stopped by SIGTERM (128 + 15). */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit code. */
  public int code() {
    return code;
  }
}
