package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The data files of a table's version, listed by Kernel in this process: Delta's reader takes
 * several Spark jobs to find them, which for a small delta is most of the time.
 *
 * @param schema of the rows
 * @param files their paths
 * @param bytes of all files
 * @param plain whether Parquet alone tells what is in them: no deletion vectors, no column mapping
 * @param partitioned whether values of columns stand in the paths
 */
record DataFiles(
    String table,
    long version,
    StructType schema,
    Set<String> files,
    long bytes,
    boolean plain,
    boolean partitioned) {

  /**
   * Lists the files.
   *
   * @throws dev.tributary.pipelines.job.JobException when the version is gone
   */
  static DataFiles of(IdentityTables tables, String table, long version) {
    try {
      SnapshotImpl snapshot =
          (SnapshotImpl)
              Table.forPath(tables.engine(), tables.path(table))
                  .getSnapshotAsOfVersion(tables.engine(), version);
      var properties = snapshot.getMetadata().getConfiguration();
      boolean plain =
          "none".equals(properties.getOrDefault("delta.columnMapping.mode", "none"))
              && !"true".equals(properties.get("delta.enableDeletionVectors"));
      StructType schema = (StructType) DataType.fromJson(snapshot.getSchema().toJson());
      Map<String, Long> files = list(tables, snapshot);
      return new DataFiles(
          table,
          version,
          schema,
          files.keySet(),
          files.values().stream().mapToLong(Long::longValue).sum(),
          plain,
          !snapshot.getPartitionColumnNames().isEmpty());
    } catch (KernelException e) {
      throw IdentityErrors.historyGone(table, version, e);
    }
  }

  /** Paths and sizes. */
  private static Map<String, Long> list(IdentityTables tables, Snapshot snapshot) {
    Map<String, Long> files = new HashMap<>();
    try (var batches = snapshot.getScanBuilder().build().getScanFiles(tables.engine())) {
      while (batches.hasNext()) {
        try (var rows = batches.next().getRows()) {
          rows.forEachRemaining(
              row -> {
                FileStatus file = InternalScanFileUtils.getAddFileStatus(row);
                files.put(new Path(URI.create(file.getPath())).toString(), file.getSize());
              });
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** All rows. */
  Dataset<Row> rows(IdentityTables tables) {
    return rows(tables, files, schema);
  }

  /** The rows of some of the files, in the columns of a schema. */
  Dataset<Row> rows(IdentityTables tables, Set<String> some, StructType as) {
    if (some.isEmpty()) {
      return tables.spark().createDataFrame(List.of(), as);
    }
    if (!plain) {
      return byDelta(tables, some, as);
    }
    var reader = tables.spark().read().schema(as);
    if (partitioned) {
      reader = reader.option("basePath", tables.path(table));
    }
    return reader.parquet(some.stream().sorted().toArray(String[]::new));
  }

  private Dataset<Row> byDelta(IdentityTables tables, Set<String> some, StructType as) {
    Dataset<Row> all = tables.byDelta(table, version);
    if (some.size() < files.size()) {
      List<String> names = some.stream().map(file -> new Path(file).getName()).toList();
      Dataset<Row> picked = tables.spark().createDataset(names, Encoders.STRING()).toDF("_file");
      all = all.withColumn("_file", col("_metadata.file_name")).join(picked, "_file");
    }
    List<String> present = List.of(all.columns());
    return all.select(
        List.of(as.fieldNames()).stream()
            .map(
                name ->
                    present.contains(name)
                        ? col("`" + name + "`")
                        : functions.lit(null).cast(as.apply(name).dataType()).as(name))
            .toArray(Column[]::new));
  }
}
