package dev.tributary.pipelines.identity.components;

import java.io.Serializable;

/**
 * What one task may hold.
 *
 * @param vertices the most vertices of the last task, which finishes the contracted graph by itself
 *     with about 25 bytes for each, 35 while its table grows; from {@value #LEAST_VERTICES} to
 *     {@value #MOST_VERTICES}
 */
record TaskLimits(int vertices) implements Serializable {
  static final int LEAST_VERTICES = 16;
  private static final int LEAST_ROWS = 1 << 10;
  static final int MOST_VERTICES = 500_000_000;

  TaskLimits {
    if (vertices < LEAST_VERTICES || vertices > MOST_VERTICES) {
      throw ComponentErrors.taskVertices(vertices);
    }
  }

  /** The most vertices of a block: tasks that make forests run beside each other. */
  int blockVertices() {
    return vertices / 2;
  }

  /**
   * How many partitions rows of two numbers are spread over: small ones, they become hash tables.
   */
  int partitions(long rows, int parallelism) {
    long perTask = Math.max(LEAST_ROWS, vertices / 8);
    return (int) Math.max(parallelism, Math.min((rows + perTask - 1) / perTask, 1 << 20));
  }
}
