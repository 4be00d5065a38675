package dev.tributary.pipelines.identity.components;

import java.io.Serializable;
import org.apache.spark.SparkContext;

/**
 * What one task may hold.
 *
 * @param vertices the most vertices of the last task, which finishes the contracted graph by itself
 *     with about 25 bytes for each, 35 while its table grows; from {@value #LEAST_VERTICES} to
 *     {@value #MOST_VERTICES}
 */
record TaskLimits(int vertices) implements Serializable {
  static final int LEAST_VERTICES = 16;
  static final int MOST_VERTICES = 500_000_000;
  private static final int MOST_BY_DEFAULT = 32_000_000;
  private static final int BYTES_EACH = 35;
  private static final int SHARE_OF_HEAP = 8;
  private static final int MOST_OF_A_BLOCK = 4_000_000;
  private static final int LEAST_ROWS = 1 << 10;
  private static final int MOST_ROWS = 1 << 20;

  TaskLimits {
    if (vertices < LEAST_VERTICES || vertices > MOST_VERTICES) {
      throw ComponentErrors.taskVertices(vertices);
    }
  }

  /** As many as an eighth of an executor's heap holds, at most 32 million. */
  static TaskLimits of(SparkContext context) {
    long heap =
        context.isLocal()
            ? Runtime.getRuntime().maxMemory()
            : context.getConf().getSizeAsBytes("spark.executor.memory", "1g");
    return new TaskLimits((int) Math.min(MOST_BY_DEFAULT, heap / SHARE_OF_HEAP / BYTES_EACH));
  }

  /** The most vertices of a block: tasks that make forests run beside each other. */
  int blockVertices() {
    return Math.min(MOST_OF_A_BLOCK, vertices / 2);
  }

  /** How many partitions rows of two numbers are spread over: small ones, they become tables. */
  int partitions(long rows, int parallelism) {
    long perTask = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, vertices / 8));
    return (int) Math.max(parallelism, Math.min((rows + perTask - 1) / perTask, 1 << 20));
  }
}
