package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.Default;
import dev.tributary.pipelines.job.Doc;
import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The command line with jobs of its own, to be run in a child process or by spark-submit. */
public final class SampleJobs {
  private SampleJobs() {}

  public static void main(String[] arguments) {
    List<Job<?>> jobs = List.of(new Count(), new Wait(), new Expect());
    Tributary.exit(Tributary.execute(jobs, arguments));
  }

  /** Counts rows. */
  static final class Count implements Job<Count.Config> {
    record Config(
        @Doc("how many rows to count") @Default("5") long rows, @Doc("for the count") Style style) {
      record Style(@Default("plain") Kind kind) {}

      enum Kind {
        PLAIN,
        VERY_FANCY
      }
    }

    @Override
    public String name() {
      return "count-rows";
    }

    @Override
    public String description() {
      return "Counts rows.";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public JobResult run(JobContext context, Config config) {
      return JobResult.of("rows", context.spark().range(config.rows()).count());
    }
  }

  /** Waits until it is stopped. */
  static final class Wait implements Job<Wait.Config> {
    record Config(@Default("true") boolean hook, @Default("10m") Duration longest) {}

    @Override
    public String name() {
      return "wait";
    }

    @Override
    public String description() {
      return "Waits until it is stopped.";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public JobResult run(JobContext context, Config config) throws InterruptedException {
      CountDownLatch stopped = new CountDownLatch(1);
      if (config.hook()) {
        context.onStop(stopped::countDown);
      }
      context.progress().say("waiting");
      boolean graceful = stopped.await(config.longest().toMillis(), TimeUnit.MILLISECONDS);
      return JobResult.of("graceful", graceful);
    }
  }

  /** Finds something lost. */
  static final class Expect implements Job<Expect.Config> {
    record Config() {}

    @Override
    public String name() {
      return "expect";
    }

    @Override
    public String description() {
      return "Finds something lost.";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public JobResult run(JobContext context, Config config) {
      throw JobErrors.expectationFailed("2 rows are lost", null, "find them", Map.of("lost", 2));
    }
  }
}
