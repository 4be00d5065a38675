package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The streaming query of a landing run, and what happens when its broker goes away: a continuous
 * stream is started again from its checkpoint as soon as the broker answers, which is safe since
 * every batch lands once.
 */
final class LandingStream {
  private static final String QUERY_ID = "sql.streaming.queryId";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_LAST_BATCH = Duration.ofSeconds(45);

  private final JobContext context;
  private final LandingConfig config;
  private final LandingSettings settings;
  private final PlanSource plans;
  private final LandingInput input;
  private final LandingTotals totals;
  private final long size;
  private final long started;
  private volatile StreamingQuery query;
  private volatile boolean stopping;

  /** Held while a batch lands, so that a stop comes between two. */
  private final ReentrantLock landing = new ReentrantLock();

  private BatchLander lander;

  LandingStream(
      JobContext context,
      LandingConfig config,
      LandingSettings settings,
      PlanSource plans,
      LandingInput input,
      LandingTotals totals) {
    this.context = context;
    this.config = config;
    this.settings = settings;
    this.plans = plans;
    this.input = input;
    this.totals = totals;
    this.size = input.size();
    this.started = context.clock().millis();
  }

  /** Lands until everything has, or until the run is stopped. */
  void run() throws Exception {
    context.onStop(this::stop);
    while (!stopping) {
      try {
        start().awaitTermination();
        forgetIds();
        return;
      } catch (StreamingQueryException e) {
        forgetIds();
        if (stopping) {
          return;
        }
        if (!isOutage(e)) {
          throw cause(e);
        }
        if (config.trigger() != LandingConfig.Trigger.CONTINUOUS) {
          throw LandingErrors.unreachable(config.kafka().get("bootstrap.servers"), e);
        }
        awaitInput();
      }
    }
  }

  private StreamingQuery start() throws TimeoutException {
    SparkSession spark = context.spark();
    Trigger trigger =
        config.trigger() == LandingConfig.Trigger.AVAILABLE_NOW
            ? Trigger.AvailableNow()
            : Trigger.ProcessingTime(config.interval().toMillis());
    VoidFunction2<Dataset<Row>, Long> land = this::land;
    query =
        input.stream(spark)
            .writeStream()
            .queryName("landing " + config.name())
            .option("checkpointLocation", config.checkpointIn(settings.lake()))
            .trigger(trigger)
            .foreachBatch(land)
            .start();
    return query;
  }

  private void land(Dataset<Row> rows, long batch) throws Exception {
    landing.lockInterruptibly();
    try {
      landAlone(rows, batch);
    } finally {
      landing.unlock();
    }
  }

  private void landAlone(Dataset<Row> rows, long batch) throws Exception {
    if (lander == null) {
      String id = rows.sparkSession().sparkContext().getLocalProperty(QUERY_ID);
      lander =
          new BatchLander(
              context.spark(),
              settings,
              "landing-" + config.name() + "-" + id,
              plans,
              this::report,
              context.clock());
    }
    lander.land(rows, batch);
  }

  /** A new query begins with what the ledger says; the ids of this one are read again. */
  private void forgetIds() {
    if (lander != null) {
      totals.remembered(lander.forgetIds());
      lander = null;
    }
  }

  private void report(BatchReport report) {
    totals.add(report);
    long millis = Math.max(1, context.clock().millis() - started);
    context
        .progress()
        .update(
            "landing " + input.describe(),
            totals.records(),
            size,
            "%,d events/s".formatted(totals.events() * 1000 / millis));
  }

  /** Ends the query after the batch under way, or in the midst of it when that takes too long. */
  private void stop() {
    stopping = true;
    boolean between = false;
    try {
      between = landing.tryLock(LONGEST_LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS);
      StreamingQuery running = query;
      if (running != null) {
        running.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      context.progress().say("the batch under way did not end in time: " + e.getMessage());
    } finally {
      if (between) {
        landing.unlock();
      }
    }
  }

  private boolean isOutage(Throwable error) {
    if (input.numbered()) {
      return false;
    }
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof org.apache.kafka.common.errors.RetriableException
          || e instanceof TimeoutException
          || e instanceof java.net.ConnectException) {
        return true;
      }
      String message = String.valueOf(e.getMessage());
      if (message.contains("org.apache.kafka.common.errors.TimeoutException")
          || message.contains("org.apache.kafka.common.errors.DisconnectException")
          || message.contains("java.util.concurrent.TimeoutException: Cannot fetch record")) {
        return true;
      }
    }
    return false;
  }

  /** Waits until the broker answers; gives up after the longest outage. */
  private void awaitInput() throws InterruptedException {
    context.progress().say("lost " + input.describe() + "; waiting for it to return");
    Instant deadline = context.clock().instant().plus(config.maxOutage());
    Duration pause = FIRST_PAUSE;
    while (!stopping) {
      try {
        if (!input.topicIds().equals(settings.topicIds())) {
          throw LandingErrors.recreated(config.topics());
        }
        context.progress().say("back: " + input.describe());
        return;
      } catch (JobException e) {
        if (e.exitCode() != dev.tributary.pipelines.job.ExitCode.UNREACHABLE
            || context.clock().instant().isAfter(deadline)) {
          throw e;
        }
      }
      Thread.sleep(pause.toMillis());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  /** What the user can act on, where the query wraps it. */
  private static Exception cause(StreamingQueryException error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof JobException known) {
        return known;
      }
    }
    return error;
  }
}
