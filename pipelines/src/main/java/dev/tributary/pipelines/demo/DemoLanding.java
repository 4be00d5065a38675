package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.landing.LandingConfig;
import dev.tributary.pipelines.landing.LandingJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * The landing job in a thread beside the one that produces. Whatever ends the job is thrown to who
 * waits for it.
 */
final class DemoLanding implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int POLL_MILLIS = 50;

  private final SparkSession spark;
  private final String queryName;
  private final FutureTask<JobResult> job;
  private final AtomicLong landed;
  private final Position position = new Position();

  private DemoLanding(SparkSession spark, Lake lake, LandingConfig config, long landed) {
    this.spark = spark;
    this.queryName = "landing " + config.name();
    this.landed = new AtomicLong(landed);
    this.job =
        new FutureTask<>(() -> new LandingJob().run(JobContext.of(lake.toString(), spark), config));
  }

  /**
   * Starts to land.
   *
   * @param landed records of the topics that the lake holds already
   */
  static DemoLanding start(SparkSession spark, Lake lake, LandingConfig config, long landed) {
    DemoLanding landing = new DemoLanding(spark, lake, config, landed);
    spark.streams().addListener(landing.position);
    Thread thread = new Thread(landing.job, landing.queryName);
    thread.setDaemon(true);
    thread.start();
    return landing;
  }

  /** How many records of the topics have landed, by the last batch that ended. */
  long landed() throws Exception {
    if (job.isDone()) {
      result();
    }
    return landed.get();
  }

  /** Waits until so many records of the topics have landed. */
  void await(long records, LongConsumer progress) throws Exception {
    while (landed() < records && !job.isDone()) {
      progress.accept(landed.get());
      Thread.sleep(POLL_MILLIS);
    }
    progress.accept(landed());
  }

  /** Waits until the job has ended of itself. */
  JobResult result() throws Exception {
    try {
      return job.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception exception ? exception : e;
    }
  }

  /** Ends a continuous stream after its batch, and waits for its totals. */
  JobResult stop() throws Exception {
    endQuery();
    return result();
  }

  private void endQuery() throws TimeoutException {
    for (StreamingQuery query : spark.streams().active()) {
      if (queryName.equals(query.name())) {
        query.stop();
      }
    }
  }

  @Override
  public void close() throws TimeoutException {
    if (!spark.sparkContext().isStopped()) {
      endQuery();
      spark.streams().removeListener(position);
    }
  }

  /** Reads the end offsets of each batch. */
  private final class Position extends StreamingQueryListener {
    @Override
    public void onQueryStarted(QueryStartedEvent event) {}

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
      StreamingQueryProgress progress = event.progress();
      if (queryName.equals(progress.name()) && progress.sources().length > 0) {
        long end = sum(progress.sources()[0].endOffset());
        landed.accumulateAndGet(end, Math::max);
      }
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {}

    private static long sum(String offsets) {
      if (offsets == null) {
        return 0;
      }
      try {
        long sum = 0;
        for (JsonNode topic : JSON.readTree(offsets)) {
          for (JsonNode offset : topic) {
            sum += offset.longValue();
          }
        }
        return sum;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
