package dev.tributary.pipelines.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A failure that a person can act on: what is wrong, why, and how to put it right. Built by {@link
 * JobErrors} and by the error factories of the domains.
 */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final transient Map<String, Object> details;

  JobException(
      ExitCode exitCode,
      String problem,
      String reason,
      String fix,
      Throwable cause,
      Map<String, ?> details) {
    super(paragraph(problem, reason, fix), cause);
    this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
    this.details = new LinkedHashMap<>(details);
  }

  /** What the process exits with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** Counts known at the failure; they join the closing JSON line as a result's would. */
  public Map<String, Object> details() {
    return details == null ? Map.of() : Map.copyOf(details);
  }

  private static String paragraph(String problem, String reason, String fix) {
    StringBuilder text = new StringBuilder(sentence(problem));
    if (reason != null && !reason.isBlank()) {
      text.append(' ').append(sentence(reason));
    }
    if (fix != null && !fix.isBlank()) {
      text.append(" Fix: ").append(sentence(fix));
    }
    return text.toString();
  }

  private static String sentence(String text) {
    String trimmed = text.strip();
    return trimmed.endsWith(".") || trimmed.endsWith("!") || trimmed.endsWith("?")
        ? trimmed
        : trimmed + ".";
  }
}
