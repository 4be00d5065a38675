package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.lake.LakeFixture;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.ForeachFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerMarkTest {
  private static final int TASKS = 20;
  private static final long SLOW_NANOS = 20_000_000;

  /** Is told of one task in 20 ms. */
  private static final class Slow extends SparkListener {
    private final AtomicInteger tasks = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      LockSupport.parkNanos(SLOW_NANOS);
      tasks.incrementAndGet();
    }
  }

  @Test
  void afterItEveryListenerWasToldOfAllThatWasBefore(@TempDir Path directory) throws Exception {
    SparkSession spark = LakeFixture.empty(directory).spark();
    SparkContext context = spark.sparkContext();
    Slow slow = new Slow();
    context.addSparkListener(slow);
    try {
      spark.range(0, TASKS, 1, TASKS).foreach((ForeachFunction<Long>) row -> {});
      ListenerMark.await(context);
      assertThat(slow.tasks).hasValue(TASKS);
    } finally {
      context.removeSparkListener(slow);
    }
  }
}
