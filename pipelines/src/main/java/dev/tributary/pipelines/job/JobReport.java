package dev.tributary.pipelines.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run tells: a paragraph to the person, one JSON line to the program, secrets to nobody. */
final class JobReport {
  private static final Logger LOG = LoggerFactory.getLogger(JobReport.class);

  private final RunSetting setting;
  private final String job;
  private final String runId;
  private final Instant startedAt;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Secrets secrets = Secrets.none();

  JobReport(RunSetting setting, String job, String runId) {
    this.setting = setting;
    this.job = job;
    this.runId = runId;
    this.startedAt = setting.clock().instant();
  }

  String runId() {
    return runId;
  }

  Instant startedAt() {
    return startedAt;
  }

  void hide(Secrets toHide) {
    this.secrets = toHide;
  }

  String scrubbed(String text) {
    return secrets.scrub(text);
  }

  /** The run did not start: its configuration is wrong. */
  ExitCode refused(JobException error) {
    tell(Failure.of(error, "Job '" + job + "'"), error);
    RunRecord run =
        RunRecord.started(runId, job, startedAt, Map.of(), Versions.all())
            .ended(
                RunRecord.Status.FAILED,
                error.exitCode(),
                setting.clock().instant(),
                error.details(),
                Optional.of(scrubbed(error.getMessage())));
    close(run);
    return error.exitCode();
  }

  /** Tells the person what failed; the trace goes to the log, and to the person only on demand. */
  void tell(Failure failure, Throwable error) {
    String trace = trace(error);
    LOG.error("job {} run {} failed: {}", job, runId, trace);
    setting.err().println("error: " + scrubbed(failure.paragraph()));
    if (setting.debug()) {
      setting.err().println(trace);
    } else if (!failure.recognised()) {
      String file = System.getProperty("tributary.log");
      setting
          .err()
          .println(
              "The stack trace is "
                  + (file == null ? "" : "in " + file + ", or ")
                  + "shown by --debug.");
    }
    setting.err().flush();
  }

  /** A thing that went wrong beside the job and does not fail it. */
  void warn(String what, Throwable error) {
    LOG.warn("job {} run {}: {}: {}", job, runId, what, trace(error));
    setting.err().println("warning: " + what + ": " + scrubbed(JobErrors.rootMessage(error)));
    setting.err().flush();
  }

  private String trace(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return scrubbed(trace.toString());
  }

  void say(String line) {
    setting.err().println(line);
    setting.err().flush();
  }

  /** Prints the closing line, once. */
  void close(RunRecord run) {
    if (closed.compareAndSet(false, true)) {
      setting.out().println(scrubbed(Json.write(line(run))));
      setting.out().flush();
    }
  }

  private static Map<String, Object> line(RunRecord run) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("job", run.job());
    line.put("run_id", run.runId());
    line.put("status", run.status().text());
    line.put("exit_code", run.exitCode().orElseThrow().code());
    line.put("duration_ms", run.duration().map(Duration::toMillis).orElse(0L));
    line.put("versions", run.versions());
    run.result().forEach(line::putIfAbsent);
    run.error().ifPresent(error -> line.put("error", error));
    return line;
  }
}
