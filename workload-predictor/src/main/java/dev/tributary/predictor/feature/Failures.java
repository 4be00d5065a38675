package dev.tributary.predictor.feature;

import dev.tributary.predictor.run.Outcome;
import java.util.regex.Pattern;

/** How an application ended, and whether memory was why. */
final class Failures {
  // 137 is 128 + SIGKILL, what the kernel and containers do; 52 is Spark's own exit code for it.
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "(?i)outofmemory|out of memory|oomkilled|gc overhead limit exceeded"
              + "|java heap space|cannot allocate memory|unable to acquire \\d+ bytes of memory"
              + "|container killed by yarn for exceeding|running beyond (physical|virtual) memory"
              + "|(exit(ed)?( with)?( |-)?(code|status)|exitcode|exit status)[:= ]*(137|52)\\b");

  private boolean ended;
  private Integer exitCode;
  private boolean lastJobFailed;
  private long failedJobs;
  private long outOfMemory;
  private String lastReason;

  void ended(Integer code) {
    ended = true;
    exitCode = code;
  }

  void job(boolean succeeded, String message) {
    lastJobFailed = !succeeded;
    if (!succeeded) {
      failedJobs++;
      reason(message);
    }
  }

  /** Why a task, a stage or an executor failed. */
  void reason(String reason) {
    if (reason == null || reason.isBlank()) {
      return;
    }
    if (isOutOfMemory(reason)) {
      outOfMemory++;
    }
    lastReason = reason;
  }

  static boolean isOutOfMemory(String reason) {
    return OUT_OF_MEMORY.matcher(reason).find();
  }

  long failedJobs() {
    return failedJobs;
  }

  long outOfMemory() {
    return outOfMemory;
  }

  boolean hasEnded() {
    return ended;
  }

  Outcome outcome() {
    boolean failed = exitCode != null ? exitCode != 0 : lastJobFailed;
    if (ended && !failed) {
      return Outcome.FINISHED;
    }
    if (outOfMemory > 0) {
      return Outcome.OUT_OF_MEMORY;
    }
    return failed ? Outcome.FAILED : Outcome.TIMED_OUT;
  }

  /** One sentence. */
  String explanation() {
    String because = lastReason == null ? "" : ": " + lastReason.lines().findFirst().orElse("");
    return switch (outcome()) {
      case FINISHED -> "The application ended in good order.";
      case OUT_OF_MEMORY -> "It failed for lack of memory" + because;
      case FAILED ->
          exitCode != null && exitCode != 0
              ? "It ended with exit code " + exitCode + because
              : "Its last job failed" + because;
      case TIMED_OUT -> "The log has no end of the application: stopped, or still running.";
    };
  }
}
