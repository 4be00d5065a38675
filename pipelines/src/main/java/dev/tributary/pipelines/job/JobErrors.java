package dev.tributary.pipelines.job;

import java.util.Collection;
import java.util.Map;

/** Every failure of the job contract, each with problem, cause and fix. */
public final class JobErrors {
  private JobErrors() {}

  /**
   * The general form, for the error factories of the domains.
   *
   * @param reason why it happened; may be null
   * @param fix what to do about it; may be null
   * @param cause the exception behind it; may be null
   */
  public static JobException error(
      ExitCode exitCode, String problem, String reason, String fix, Throwable cause) {
    return new JobException(exitCode, problem, reason, fix, cause, Map.of());
  }

  /** The command line or the configuration is wrong (exit code 2). */
  public static JobException usage(String problem, String reason, String fix) {
    return error(ExitCode.USAGE, problem, reason, fix, null);
  }

  /** A dependency cannot be reached (exit code 4); {@code address} is where it was looked for. */
  public static JobException unreachable(String what, String address, String fix, Throwable cause) {
    String reason = cause == null ? null : rootMessage(cause);
    return error(
        ExitCode.UNREACHABLE, what + " at " + address + " cannot be reached", reason, fix, cause);
  }

  /**
   * A data-quality expectation does not hold (exit code 3).
   *
   * @param details counts that show it; they join the closing JSON line
   */
  public static JobException expectationFailed(
      String problem, String reason, String fix, Map<String, ?> details) {
    return new JobException(ExitCode.EXPECTATION_FAILED, problem, reason, fix, null, details);
  }

  /** A failure without a code of its own (exit code 1). */
  public static JobException failed(String problem, String reason, String fix, Throwable cause) {
    return error(ExitCode.FAILED, problem, reason, fix, cause);
  }

  /** There is no job of this name (exit code 2). */
  public static JobException unknownJob(String name, Collection<String> known) {
    String hint = Nearest.to(name, known).map(near -> "Did you mean '" + near + "'?").orElse(null);
    return usage("There is no job '" + name + "'", hint, "'tributary jobs' lists all jobs");
  }

  static JobException unknownKey(String key, String origin, Collection<String> known) {
    String hint = Nearest.to(key, known).map(near -> "Did you mean '" + near + "'?").orElse(null);
    String fix =
        known.isEmpty()
            ? "remove it; this job has no keys"
            : "known keys are " + String.join(", ", known);
    return usage("Unknown key '" + key + "' (" + origin + ")", hint, fix);
  }

  static JobException badValue(String key, String shownValue, String origin, ValueForm form) {
    return usage(
        "The value '"
            + shownValue
            + "' of key '"
            + key
            + "' ("
            + origin
            + ") is not "
            + form.expected(),
        null,
        "give for example " + key + "=" + form.example());
  }

  static JobException missingKeys(String job, Collection<String> keys) {
    String first = keys.iterator().next();
    return usage(
        "Job '" + job + "' needs " + String.join(", ", keys),
        "These keys have no default and were not given",
        "add " + first + "=… to the command line, or see './tributary run " + job + " --help'");
  }

  /** A heap that is too small for what was asked. */
  static JobException outOfMemory(String what, OutOfMemoryError full) {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    return failed(
        what + " needs more memory than it has",
        "Its heap is " + megabytes + " MB",
        "give it more, for example with TRIBUTARY_HEAP=%dg, or less to do at once"
            .formatted(2 * megabytes / 1024 + 1),
        full);
  }

  static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String name = root.getClass().getSimpleName();
    return message == null || message.isBlank()
        ? name
        : name + ": " + message.lines().findFirst().orElse(name);
  }
}
