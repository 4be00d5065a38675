package dev.tributary.pipelines.identity.components;

import org.apache.spark.api.java.JavaRDD;

/** Counts pairs. */
final class Size {
  private Size() {}

  /** Computes the chunks, which persists them where asked to, and counts their pairs. */
  static long of(JavaRDD<long[]> chunks) {
    return chunks.map(chunk -> chunk.length / 2L).fold(0L, Long::sum);
  }
}
