package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The data files of a table's version, listed by Kernel in this process: Delta's reader takes
 * several Spark jobs to find them, which for a small delta is most of the time.
 *
 * @param schema of the rows
 * @param statuses of the files, by path and, where rows of one are deleted, by which: such a file
 *     is another one
 * @param plain whether Parquet alone tells what is in them: no deletion vectors, no column mapping
 * @param partitioned whether values of columns stand in the paths
 */
record DataFiles(
    String table,
    long version,
    StructType schema,
    Map<String, FileStatus> statuses,
    boolean plain,
    boolean partitioned) {
  private static final long BLOCK = 128L << 20;

  /** Of so small a table all rows could be wanted; they are held in memory. */
  private static final long FEW_BYTES = 8L << 20;

  /** Else there are some fifty rows for each that is wanted. */
  private static final long BYTES_A_KEY = 2_000;

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
      boolean named = "none".equals(properties.getOrDefault("delta.columnMapping.mode", "none"));
      Map<String, FileStatus> files = list(tables, snapshot);
      StructType schema = (StructType) DataType.fromJson(snapshot.getSchema().toJson());
      return new DataFiles(
          table,
          version,
          schema,
          files,
          named && files.entrySet().stream().noneMatch(DataFiles::hasDeletedRows),
          !snapshot.getPartitionColumnNames().isEmpty());
    } catch (KernelException e) {
      throw IdentityErrors.historyGone(table, version, e);
    }
  }

  private static Map<String, FileStatus> list(IdentityTables tables, Snapshot snapshot) {
    Map<String, FileStatus> files = new HashMap<>();
    try (var batches = snapshot.getScanBuilder().build().getScanFiles(tables.engine())) {
      while (batches.hasNext()) {
        try (var rows = batches.next().getRows()) {
          rows.forEachRemaining(
              row -> {
                var file = InternalScanFileUtils.getAddFileStatus(row);
                Path path = new Path(file.getPath());
                var deleted = InternalScanFileUtils.getDeletionVectorDescriptorFromRow(row);
                files.put(
                    deleted == null ? path.toString() : path + "#" + deleted.getUniqueId(),
                    new FileStatus(
                        file.getSize(), false, 1, BLOCK, file.getModificationTime(), path));
              });
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static boolean hasDeletedRows(Map.Entry<String, FileStatus> file) {
    return !file.getKey().equals(file.getValue().getPath().toString());
  }

  /** The files' keys in {@link #statuses}. */
  Set<String> files() {
    return statuses.keySet();
  }

  /** The size of all files. */
  long bytes() {
    return statuses.values().stream().mapToLong(FileStatus::getLen).sum();
  }

  /** All rows. */
  Dataset<Row> rows(IdentityTables tables) {
    return rows(tables, files(), schema);
  }

  /** The rows whose key is one of a set, in columns that have these types. */
  Dataset<Row> rows(
      IdentityTables tables, StructType as, KeyedColumns columns, Broadcast<KeySet> keys) {
    boolean few = bytes() <= FEW_BYTES || keys.value().count() <= bytes() / BYTES_A_KEY;
    if (few && plain && !partitioned) {
      return KeyedRows.of(tables, List.copyOf(statuses.values()), as, columns, keys);
    }
    UserDefinedFunction wanted =
        functions.udf(
            (UDF1<Long, Boolean>) value -> value != null && keys.value().contains(value),
            DataTypes.BooleanType);
    return rows(tables, files(), as)
        .select(columns.columns())
        .where(wanted.apply(col(columns.key())));
  }

  /** The rows of some of the files, in the columns of a schema. */
  Dataset<Row> rows(IdentityTables tables, Set<String> some, StructType as) {
    if (some.isEmpty()) {
      return tables.spark().createDataFrame(List.of(), as);
    }
    if (!plain) {
      return byDelta(tables, some, as);
    }
    List<FileStatus> sorted = some.stream().sorted().map(statuses::get).toList();
    if (partitioned) {
      return tables
          .spark()
          .read()
          .schema(as)
          .option("basePath", tables.path(table))
          .parquet(sorted.stream().map(file -> file.getPath().toString()).toArray(String[]::new));
    }
    return ListedFiles.rows(tables.spark(), sorted, as);
  }

  private Dataset<Row> byDelta(IdentityTables tables, Set<String> some, StructType as) {
    Dataset<Row> all = tables.byDelta(table, version);
    if (some.size() < statuses.size()) {
      List<String> names =
          some.stream().map(file -> statuses.get(file).getPath().getName()).toList();
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
