package dev.tributary.pipelines.job;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** What a run gives its job: the lake, the Spark session, the clock, progress, and how to stop. */
public final class JobContext {
  private static final Comparator<LineageDataset> BY_NAME =
      Comparator.comparing(LineageDataset::namespace).thenComparing(LineageDataset::name);

  private final String lake;
  private final String runId;
  private final Supplier<SparkSession> spark;
  private final Progress progress;
  private final Clock clock;
  private final List<Runnable> stopHooks = new CopyOnWriteArrayList<>();
  private final Set<LineageDataset> inputs = new ConcurrentSkipListSet<>(BY_NAME);
  private final Set<LineageDataset> outputs = new ConcurrentSkipListSet<>(BY_NAME);
  private volatile boolean stopRequested;

  JobContext(
      String lake, String runId, Supplier<SparkSession> spark, Progress progress, Clock clock) {
    this.lake = Objects.requireNonNull(lake, "lake");
    this.runId = Objects.requireNonNull(runId, "runId");
    this.spark = Objects.requireNonNull(spark, "spark");
    this.progress = Objects.requireNonNull(progress, "progress");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** A context outside of a recorded run, for tests, notebooks and programs that embed a job. */
  public static JobContext of(String lake, SparkSession spark) {
    return new JobContext(lake, RunId.next(), () -> spark, Progress.silent(), Clock.systemUTC());
  }

  /** Where the lake is: a local path or a URI, without a trailing slash. */
  public String lake() {
    return lake;
  }

  /** The id of this run, a UUID version 7: it sorts by time. */
  public String runId() {
    return runId;
  }

  /** The Spark session of the lake; the first call starts it. */
  public SparkSession spark() {
    return spark.get();
  }

  /** Where to tell a person how far the job is. */
  public Progress progress() {
    return progress;
  }

  /** The time; jobs ask it and nothing else. */
  public Clock clock() {
    return clock;
  }

  /**
   * Registers what ends the work in good order on SIGTERM or SIGINT, e.g. stopping a streaming
   * query after its batch. {@link Job#run} then returns as it would otherwise. Without any hook the
   * run's Spark jobs are cancelled and its thread interrupted.
   */
  public synchronized void onStop(Runnable hook) {
    stopHooks.add(Objects.requireNonNull(hook, "hook"));
    if (stopRequested) {
      hook.run();
    }
  }

  /** Whether the run was asked to stop; loops look at it between steps. */
  public boolean stopRequested() {
    return stopRequested;
  }

  /** Names a data set that the job reads, for lineage. */
  public void reads(LineageDataset dataset) {
    inputs.add(dataset);
  }

  /** Names a data set that the job writes, for lineage. */
  public void writes(LineageDataset dataset) {
    outputs.add(dataset);
  }

  Set<LineageDataset> inputs() {
    return Set.copyOf(inputs);
  }

  Set<LineageDataset> outputs() {
    return Set.copyOf(outputs);
  }

  /** Asks the job to stop; returns whether it had said how. */
  public synchronized boolean requestStop() {
    stopRequested = true;
    stopHooks.forEach(Runnable::run);
    return !stopHooks.isEmpty();
  }
}
