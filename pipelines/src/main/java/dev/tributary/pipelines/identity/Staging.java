package dev.tributary.pipelines.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Computes what several steps of a batch need, once, and cuts it off from how it came about: a plan
 * that grew from step to step would weigh more in every task than its rows do. Few rows stay in
 * memory, many go to files below {@code <lake>/_identity/work}, which are gone with the batch.
 */
final class Staging implements AutoCloseable {
  private final IdentityTables tables;
  private final Path directory;
  private final boolean many;

  /**
   * @param many whether there are too many rows for memory
   */
  Staging(IdentityTables tables, boolean many) {
    this.tables = tables;
    this.many = many;
    this.directory = new Path(tables.lake().path("_identity/work/" + UUID.randomUUID()));
  }

  /** Whether there are too many rows for memory. */
  boolean many() {
    return many;
  }

  /** The rows, computed; null for null. */
  Dataset<Row> kept(String name, Dataset<Row> orNull) {
    return orNull == null ? null : keep(name, orNull);
  }

  /** The rows, computed. */
  Dataset<Row> keep(String name, Dataset<Row> rows) {
    if (!many) {
      return rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK());
    }
    String path = new Path(directory, name).toString();
    rows.write()
        .option("compression", "lz4")
        .option("parquet.enable.dictionary", "false")
        .parquet(path);
    return tables.spark().read().schema(rows.schema()).parquet(path);
  }

  /**
   * The smaller side of a join: few rows go to every task, so that the many of the other side need
   * not move; many go into a hash table for each partition, which spares sorting both sides.
   */
  Dataset<Row> few(Dataset<Row> rows) {
    return many ? rows.hint("shuffle_hash") : functions.broadcast(rows);
  }

  @Override
  public void close() {
    if (many) {
      try {
        directory.getFileSystem(tables.hadoop()).delete(directory, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
