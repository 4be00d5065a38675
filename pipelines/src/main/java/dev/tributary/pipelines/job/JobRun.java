package dev.tributary.pipelines.job;

import dev.tributary.pipelines.job.RunRecord.Status;
import dev.tributary.pipelines.workload.LiveApplication;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** One run of one job, from its first record to its closing line. */
final class JobRun<C extends Record> {
  /** How long a job has to end its work after a signal; batches are to be shorter than that. */
  static final Duration GRACE = Duration.ofSeconds(60);

  private final Job<C> job;
  private final JobRunner.Bound<C> bound;
  private final RunSetting setting;
  private final JobReport report;
  private final RunRecord started;
  private final JobContext context;
  private final RunLog runLog;
  private final SparkMetrics metrics = new SparkMetrics();
  private final Thread thread = Thread.currentThread();
  private final AtomicReference<ExitCode> signal = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Optional<RunSizing> sizing;
  private final Object door = new Object();

  /** Guarded by {@code door}: until the job has ended, its thread may be interrupted. */
  private boolean atWork = true;

  private Map<String, String> sized = Map.of();
  private List<Metric> measured = List.of();
  private SparkSession session;
  private LiveApplication application;

  JobRun(
      Job<C> job,
      JobRunner.Bound<C> bound,
      RunSetting setting,
      JobReport report,
      Optional<RunSizing> sizing) {
    this.sizing = sizing;
    this.job = job;
    this.bound = bound;
    this.setting = setting;
    this.report = report;
    this.started =
        RunRecord.started(
            report.runId(), job.name(), report.startedAt(), bound.shown(), Versions.all());
    this.context =
        new JobContext(
            setting.lake(),
            report.runId(),
            this::session,
            new TerminalProgress(setting.err(), setting.terminal()),
            setting.clock());
    this.runLog = new DeltaRunLog(setting.lake(), this::session);
  }

  ExitCode execute() {
    StopSignals signals = StopSignals.handle(this::stop);
    try {
      sizing.ifPresent(by -> beside("the run could not be sized", () -> size(by)));
      RunRecord run = work();
      context.progress().end();
      conclude(run);
      report.close(learned(run));
      return run.exitCode().orElseThrow();
    } finally {
      ended.countDown();
      signals.close();
    }
  }

  private synchronized SparkSession session() {
    if (session == null) {
      Map<String, String> settings = new LinkedHashMap<>(sized);
      settings.putAll(sparkSettings(bound.run().spark()));
      session = setting.sessions().open(setting.lake(), "tributary " + job.name(), settings);
    }
    return session;
  }

  private void size(RunSizing by) {
    sized =
        by.before(
            new RunSizing.Start(
                report.runId(),
                job.name(),
                report.startedAt(),
                bound.shown(),
                sparkSettings(bound.run().spark())));
  }

  private RunRecord learned(RunRecord run) {
    if (sizing.isEmpty()) {
      return run;
    }
    Map<String, Object> told = new LinkedHashMap<>();
    beside(
        "the predictor could not be told of the run",
        () -> told.putAll(sizing.get().after(RunSizing.End.of(run, measured))));
    return run.and("sizing", told);
  }

  private static Map<String, String> sparkSettings(Map<String, String> below) {
    return below.entrySet().stream()
        .collect(Collectors.toMap(e -> "spark." + e.getKey(), Map.Entry::getValue));
  }

  // The boundary of the job: whatever ends it, errors of the JVM included, becomes an exit code.
  private RunRecord work() {
    try {
      session();
      beside("the start of the run could not be recorded", () -> runLog.record(started));
      beside("the lineage event START could not be sent", () -> emit(Lineage.Type.START, started));
      ListenerMark.await(session.sparkContext());
      session.sparkContext().addSparkListener(metrics);
      application = new LiveApplication(session.sparkContext(), now());
      session.sparkContext().addSparkListener(application);
      session.sparkContext().setJobDescription(job.name());
      JobResult result = job.run(context, bound.config());
      Json.write(result.values());
      return end(Optional.empty(), result.values());
    } catch (Throwable error) {
      return end(Optional.of(error), Map.of());
    }
  }

  private RunRecord end(Optional<Throwable> error, Map<String, Object> result) {
    // An interrupt means the job; what follows is the run's.
    synchronized (door) {
      atWork = false;
    }
    ExitCode signalled = signal.get();
    if (signalled != null) {
      Thread.interrupted();
    }
    if (error.isEmpty() || signalled != null && isInterruption(error.get())) {
      boolean stopped = signalled != null;
      return started.ended(
          stopped ? Status.STOPPED : Status.SUCCEEDED,
          stopped ? signalled : ExitCode.SUCCESS,
          setting.clock().instant(),
          result,
          Optional.empty());
    }
    Failure failure = Failure.of(error.get(), "Job '" + job.name() + "'");
    context.progress().end();
    report.tell(failure, error.get());
    return started.ended(
        Status.FAILED,
        failure.exitCode(),
        setting.clock().instant(),
        failure.details(),
        Optional.of(report.scrubbed(failure.paragraph())));
  }

  /**
   * What a job throws that had no stop hook: it was interrupted or its Spark jobs were cancelled.
   */
  private static boolean isInterruption(Throwable error) {
    for (Throwable link = error; link != null; link = link.getCause()) {
      String message = String.valueOf(link.getMessage());
      if (link instanceof InterruptedException
          || link.getClass().getSimpleName().contains("Interrupted")
          || message.contains("cancelled")
          || message.contains("canceled")) {
        return true;
      }
    }
    return false;
  }

  private void conclude(RunRecord run) {
    Lineage.Type type =
        switch (run.status()) {
          case SUCCEEDED -> Lineage.Type.COMPLETE;
          case STOPPED -> Lineage.Type.ABORT;
          default -> Lineage.Type.FAIL;
        };
    beside("the lineage event " + type + " could not be sent", () -> emit(type, run));
    if (session == null || session.sparkContext().isStopped()) {
      return;
    }
    beside("the metrics of the run could not be recorded", () -> recordMetrics(run));
    beside("the end of the run could not be recorded", () -> runLog.record(run));
  }

  private void recordMetrics(RunRecord run) throws InterruptedException {
    ListenerMark.await(session.sparkContext());
    session.sparkContext().removeSparkListener(metrics);
    session.sparkContext().removeSparkListener(application);
    measured = metrics.metrics(session.sparkContext(), application.summary(now()));
    runLog.record(run, measured, setting.clock().instant());
  }

  private long now() {
    return setting.clock().instant().toEpochMilli();
  }

  private void emit(Lineage.Type type, RunRecord run) throws Exception {
    bound.lineage().emit(type, run, context.inputs(), context.outputs());
  }

  private interface Step {
    void take() throws Exception;
  }

  /** Takes a step beside the job, whose failure must not hide how the job itself ended. */
  private void beside(String failure, Step step) {
    try {
      step.take();
    } catch (Exception | LinkageError e) {
      report.warn(failure, e);
    }
  }

  private void stop(ExitCode code) {
    if (!signal.compareAndSet(null, code)) {
      report.say("stopped at once");
      Runtime.getRuntime().halt(code.code());
    }
    report.say("stopping job '" + job.name() + "' in good order; a second signal stops it at once");
    Thread hooks = new Thread(this::askToStop, "stop " + job.name());
    hooks.setDaemon(true);
    hooks.start();
    Thread watch = new Thread(() -> giveUpAfterGrace(code), "stop watch");
    watch.setDaemon(true);
    watch.start();
  }

  private void askToStop() {
    if (!context.requestStop()) {
      SparkSession running = session;
      if (running != null) {
        running.sparkContext().cancelAllJobs();
      }
      synchronized (door) {
        if (atWork) {
          thread.interrupt();
        }
      }
    }
  }

  private void giveUpAfterGrace(ExitCode code) {
    try {
      if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        String error = "The job did not end within " + GRACE.toSeconds() + " s of the signal.";
        report.say("error: " + error);
        report.close(
            started.ended(
                Status.STOPPED, code, setting.clock().instant(), Map.of(), Optional.of(error)));
        Runtime.getRuntime().halt(code.code());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
