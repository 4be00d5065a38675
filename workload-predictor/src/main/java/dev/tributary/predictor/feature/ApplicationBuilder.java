package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.run.Cluster;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes the events of one attempt of an application, in any order, and sums them up. Times are
 * epoch milliseconds throughout: neither time zones nor daylight saving reach it, and a clock that
 * goes back shortens nothing below zero.
 */
public final class ApplicationBuilder implements Consumer<Event> {
  private static final double MILLIS = 1000.0;

  private final LogName named;
  private final Totals totals = new Totals();
  private final TaskTimes times = new TaskTimes();
  private final Stages stages = new Stages();
  private final Executors executors = new Executors();
  private final Resources resources = new Resources();
  private final MemoryUse executorMemory = new MemoryUse();
  private final MemoryUse driverMemory = new MemoryUse();
  private final Plans plans = new Plans();
  private final Failures failures = new Failures();

  private String sparkVersion;
  private Event.ApplicationStart start;
  private String command;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long firstAround = Long.MAX_VALUE;
  private long lastAround = Long.MIN_VALUE;
  private long running;
  private long mostRunning;
  private long jobs;
  private boolean driverRanTasks;

  /**
   * @param named what the log's name tells, used where the log does not
   */
  public ApplicationBuilder(LogName named) {
    this.named = named;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.TaskEnd task) {
      taskEnd(task);
    } else if (event instanceof Event.TaskStart) {
      running++;
      mostRunning = Math.max(mostRunning, running);
    } else if (event instanceof Event.StageCompleted stage) {
      stages.complete(stage);
      failures.reason(stage.failure());
      seen(stage.submitted());
      seen(stage.completed());
    } else if (event instanceof Event.JobStart job) {
      jobs++;
      seen(job.time());
    } else if (event instanceof Event.JobEnd job) {
      failures.job(job.succeeded(), job.message());
      seen(job.time());
    } else if (event instanceof Event.QueryStart query) {
      plans.add(query.plan());
      seen(query.time());
    } else if (event instanceof Event.QueryEnd query) {
      failures.reason(query.error());
      seen(query.time());
    } else {
      application(event);
    }
  }

  private void application(Event event) {
    if (event instanceof Event.ExecutorAdded added) {
      executors.add(added);
      around(added.time());
    } else if (event instanceof Event.ExecutorRemoved removed) {
      executors.remove(removed);
      failures.reason(removed.reason());
      around(removed.time());
    } else if (event instanceof Event.BlockManagerAdded added) {
      executors.add(added);
      around(added.time());
    } else if (event instanceof Event.BlockManagerRemoved removed) {
      executors.remove(removed);
      around(removed.time());
    } else if (event instanceof Event.StageExecutorMetrics metrics) {
      memory(metrics.executor()).add(metrics.peaks());
    } else if (event instanceof Event.Environment environment) {
      resources.environment(environment.properties());
      command = environment.command() == null ? command : environment.command();
    } else if (event instanceof Event.ResourceProfile profile) {
      resources.profile(profile);
    } else if (event instanceof Event.ApplicationStart started) {
      start = started;
      seen(started.time());
    } else if (event instanceof Event.ApplicationEnd ended) {
      failures.ended(ended.exitCode());
      seen(ended.time());
    } else if (event instanceof Event.LogStart log) {
      sparkVersion = log.sparkVersion();
    }
  }

  private void taskEnd(Event.TaskEnd task) {
    running = Math.max(0, running - 1);
    totals.add(task);
    seen(task.launched());
    seen(task.finished());
    failures.reason(task.reason());
    driverRanTasks |= Executors.isDriver(task.executor());
    memory(task.executor()).add(task.peaks());
    if (task.launched() > 0 && task.finished() > 0) {
      long millis = task.finished() - task.launched();
      times.add(millis);
      stages.task(task.stage(), task.stageAttempt(), millis);
    }
  }

  private MemoryUse memory(String executor) {
    return Executors.isDriver(executor) ? driverMemory : executorMemory;
  }

  private void seen(long time) {
    if (time > 0) {
      first = Math.min(first, time);
      last = Math.max(last, time);
    }
  }

  /** The time of an executor: it may come before the application and go long after its work. */
  private void around(long time) {
    if (time > 0) {
      firstAround = Math.min(firstAround, time);
      lastAround = Math.max(lastAround, time);
    }
  }

  /** What has been seen so far; the builder takes no more afterwards. */
  public ApplicationSummary summary() {
    if (last < 0) {
      first = firstAround;
      last = lastAround;
    }
    boolean timed = last >= 0;
    // An end before the last event is a clock that went back: the later counts.
    long begin = start != null && start.time() > 0 ? start.time() : first;
    long finish = Math.max(begin, last);
    if (timed) {
      executors.finish(finish);
    }
    stages.finish();
    Cluster cluster = cluster();
    double seconds = timed ? (finish - begin) / MILLIS : 0;
    Optional<String> signature = plans.signature();
    String name = name();
    return new ApplicationSummary(
        start != null && start.id() != null ? start.id() : applicationId(),
        attempt(),
        name,
        Optional.ofNullable(sparkVersion),
        JobIdentity.of(name, command, signature),
        signature,
        timed ? Optional.of(Instant.ofEpochMilli(begin)) : Optional.empty(),
        timed ? Optional.of(Instant.ofEpochMilli(finish)) : Optional.empty(),
        failures.outcome(),
        failures.explanation(),
        cluster,
        driverWorks() ? driverMemory.peakMb() : executorMemory.peakMb(),
        utilisation(cluster, seconds),
        features(cluster, begin, seconds, timed),
        stages.summaries(),
        List.copyOf(executors.changes()));
  }

  /** As {@link ApplicationSummary#key()}, at any time. */
  String key() {
    String id = start != null && start.id() != null ? start.id() : applicationId();
    return ApplicationSummary.key(id, attempt());
  }

  private String name() {
    if (start != null && start.name() != null) {
      return start.name();
    }
    String property = resources.property("spark.app.name");
    return property == null ? named.application() : property;
  }

  private String applicationId() {
    String property = resources.property("spark.app.id");
    return property == null ? named.application() : property;
  }

  private Optional<String> attempt() {
    // A log that tells its id tells its attempt too: the name may be that of a copy.
    return start != null && start.id() != null
        ? Optional.ofNullable(start.attempt())
        : named.attempt();
  }

  /** Whether tasks run in the driver: local mode, told or seen. */
  private boolean driverWorks() {
    return resources.isLocal() || driverRanTasks;
  }

  private Cluster cluster() {
    double heap = resources.heapMb(executors, driverWorks());
    double memory =
        driverWorks() ? heap : heap + resources.overheadMb(heap) + resources.besidesMb();
    int cores = resources.cores(executors, mostRunning);
    int workers = driverWorks() ? 1 : Math.min(executors.peak(), Cluster.MOST_CORES / cores);
    return new Cluster(resources.machineType(driverWorks()), workers, cores, memory);
  }

  private OptionalDouble utilisation(Cluster cluster, double seconds) {
    double held = executors.coreSeconds() > 0 ? executors.coreSeconds() : cluster.cores() * seconds;
    return held > 0 && totals.cpuSeconds() > 0
        ? OptionalDouble.of(Math.min(1, totals.cpuSeconds() / held))
        : OptionalDouble.empty();
  }

  private Map<String, Double> features(Cluster cluster, long begin, double seconds, boolean timed) {
    Map<String, Double> features = new TreeMap<>();
    totals.features(features);
    plans.features(features);
    (driverWorks() ? driverMemory : executorMemory).features(features);
    if (!driverWorks()) {
      driverMemory.peakMb().ifPresent(peak -> features.put("driver_peak_mb", peak));
    }
    features.put("runtime_seconds", seconds);
    features.put("jobs", (double) jobs);
    features.put("failed_jobs", (double) failures.failedJobs());
    features.put("stages", (double) stages.completed());
    features.put("failed_stages", (double) stages.failed());
    features.put("out_of_memory_events", (double) failures.outOfMemory());
    features.put("ended", failures.hasEnded() ? 1.0 : 0.0);
    features.put("environment_known", resources.isKnown() ? 1.0 : 0.0);
    features.put("skew", stages.skew());
    distribution(features);
    ReplayCurve.features(stages.summaries(), stages.isComplete(), features);
    executors(features, cluster, seconds);
    if (timed) {
      ZonedDateTime at = Instant.ofEpochMilli(begin).atZone(ZoneOffset.UTC);
      features.put("hour_utc", (double) at.getHour());
      features.put("weekday", (double) at.getDayOfWeek().getValue());
    }
    return features;
  }

  private void distribution(Map<String, Double> into) {
    into.put("task_seconds", times.sum() / MILLIS);
    into.put("task_p05_seconds", times.quantile(0.05) / MILLIS);
    into.put("task_p25_seconds", times.quantile(0.25) / MILLIS);
    into.put("task_p50_seconds", times.quantile(0.50) / MILLIS);
    into.put("task_p75_seconds", times.quantile(0.75) / MILLIS);
    into.put("task_p95_seconds", times.quantile(0.95) / MILLIS);
    into.put("task_p99_seconds", times.quantile(0.99) / MILLIS);
    into.put("task_max_seconds", times.max() / MILLIS);
    into.put("tasks_running_peak", (double) mostRunning);
  }

  private void executors(Map<String, Double> into, Cluster cluster, double seconds) {
    into.put("executors_added", (double) executors.added());
    into.put("executors_removed", (double) executors.removed());
    into.put("executors_lost", (double) executors.lost());
    into.put("executors_peak", (double) cluster.workers());
    into.put(
        "executors_mean",
        executors.executorSeconds() > 0 && seconds > 0
            ? executors.executorSeconds() / seconds
            : cluster.workers());
    into.put("core_seconds", executors.coreSeconds());
    double heap = resources.heapMb(executors, driverWorks());
    into.put("executor_cores", (double) cluster.coresPerWorker());
    into.put("executor_heap_mb", heap);
    into.put("executor_memory_mb", cluster.memoryMbPerWorker());
    into.put("executor_overhead_mb", driverWorks() ? 0 : resources.overheadMb(heap));
    into.put("dynamic_allocation", resources.flag("spark.dynamicAllocation.enabled") ? 1.0 : 0.0);
    into.put("shuffle_partitions", resources.number("spark.sql.shuffle.partitions"));
  }
}
