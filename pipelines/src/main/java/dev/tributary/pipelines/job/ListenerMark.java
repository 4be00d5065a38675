package dev.tributary.pipelines.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerUnpersistRDD;

/**
 * A mark in the queue of what Spark tells its listeners, which is behind the work that it tells of.
 * Listeners are told in the order in which things happened; so where the mark has come, everything
 * before it has come, too, however late the queue is.
 */
final class ListenerMark extends SparkListener {
  /** A queue that is full drops the mark; a run is not held up by that for longer. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final int number;
  private final CountDownLatch come = new CountDownLatch(1);

  private ListenerMark(int number) {
    this.number = number;
  }

  /** Waits until all listeners were told of all that has happened by now, at most 20 seconds. */
  static void await(SparkContext context) throws InterruptedException {
    // Of an RDD that nobody else knows, listeners hear only that it is dropped.
    JavaRDD<Object> nothing = JavaSparkContext.fromSparkContext(context).emptyRDD();
    ListenerMark mark = new ListenerMark(nothing.id());
    context.addSparkListener(mark);
    try {
      nothing.unpersist(false);
      mark.come.await(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      context.removeSparkListener(mark);
    }
  }

  @Override
  public void onUnpersistRDD(SparkListenerUnpersistRDD event) {
    if (event.rddId() == number) {
      come.countDown();
    }
  }
}
