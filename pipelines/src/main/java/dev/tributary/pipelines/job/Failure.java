package dev.tributary.pipelines.job;

import dev.tributary.pipelines.store.StoreException;
import dev.tributary.predictor.PredictorException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An exception as the user sees it.
 *
 * @param paragraph problem, cause and fix in one paragraph
 * @param details counts that go into the closing JSON line
 * @param recognised whether the message says all; else a stack trace may help
 */
public record Failure(
    ExitCode exitCode, String paragraph, Map<String, Object> details, boolean recognised) {
  private static final String OURS = "dev.tributary.";
  private static final Set<String> UNREACHABLE =
      Set.of(
          "java.net.ConnectException",
          "java.net.NoRouteToHostException",
          "java.net.SocketTimeoutException",
          "java.net.UnknownHostException",
          "java.net.http.HttpConnectTimeoutException",
          "java.nio.channels.UnresolvedAddressException",
          "org.apache.hadoop.fs.s3a.AWSClientIOException",
          "org.apache.hadoop.fs.s3a.UnknownStoreException",
          "org.apache.kafka.common.errors.BrokerNotAvailableException",
          "org.apache.kafka.common.errors.TimeoutException",
          "software.amazon.awssdk.core.exception.SdkClientException");

  /**
   * What this exception means, wherever in the chain of its causes the meaning is.
   *
   * @param what the job or command it ended, e.g. {@code "Job 'landing'"}
   */
  public static Failure of(Throwable error, String what) {
    Set<Throwable> seen = new HashSet<>();
    // Of an exception of ours that says nothing of codes: what is behind it tells.
    String ours = null;
    for (Throwable link = error; link != null && seen.add(link); link = link.getCause()) {
      if (ours == null && link instanceof JobException known) {
        return new Failure(known.exitCode(), known.getMessage(), known.details(), true);
      }
      if (ours == null && link instanceof PredictorException known) {
        return new Failure(exitCode(known.kind()), known.getMessage(), Map.of(), true);
      }
      if (link instanceof OutOfMemoryError full) {
        JobException known = JobErrors.outOfMemory(what, full);
        return new Failure(known.exitCode(), known.getMessage(), known.details(), true);
      }
      boolean unreachable = UNREACHABLE.contains(link.getClass().getName());
      if (ours == null && unreachable) {
        ours = what + " needs something that cannot be reached. " + chain(error);
      }
      if (ours == null && link.getClass().getName().startsWith(OURS)) {
        ours = link.getMessage();
      }
      if (unreachable || link instanceof StoreException) {
        return new Failure(ExitCode.UNREACHABLE, ours, Map.of(), true);
      }
    }
    return ours == null
        ? new Failure(ExitCode.FAILED, what + " failed. " + chain(error), Map.of(), false)
        : new Failure(ExitCode.FAILED, ours, Map.of(), true);
  }

  private static ExitCode exitCode(PredictorException.Kind kind) {
    return switch (kind) {
      case USAGE -> ExitCode.USAGE;
      case UNREACHABLE -> ExitCode.UNREACHABLE;
      case FAILED -> ExitCode.FAILED;
    };
  }

  /** The outermost message and the innermost one, a line each at most. */
  private static String chain(Throwable error) {
    String outer = line(error);
    String inner = JobErrors.rootMessage(error);
    return error.getCause() == null || inner.equals(outer) ? outer : outer + " — " + inner;
  }

  private static String line(Throwable error) {
    String name = error.getClass().getSimpleName();
    String message = error.getMessage();
    return message == null || message.isBlank()
        ? name
        : name + ": " + message.lines().findFirst().orElse("");
  }
}
