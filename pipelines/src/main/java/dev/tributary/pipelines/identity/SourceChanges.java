package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What a source table gained and lost between two of its versions, by its data files: rows of files
 * that only the later has, and rows of files that only the earlier has. A file that was rewritten is
 * among both, and what it kept cancels out. Unlike a change data feed this needs nothing of the
 * table, and costs nothing where it was only appended to.
 *
 * @param gained rows of new files
 * @param lost rows of files that went; null when none did
 */
record SourceChanges(Dataset<Row> gained, Dataset<Row> lost) {

  /** The changes from one version, -1 for an empty table, to another. */
  static SourceChanges between(IdentityTables tables, String table, long from, long until) {
    Dataset<Row> now = tables.at(table, until);
    if (from < 0) {
      return new SourceChanges(now, null);
    }
    Version before = version(tables, table, from);
    Version after = version(tables, table, until);
    Set<String> gained = minus(after.files(), before.files());
    Set<String> lost = minus(before.files(), after.files());
    Dataset<Row> gainedRows = rows(tables, table, until, after, gained, now.schema());
    return new SourceChanges(
        gainedRows,
        lost.isEmpty() ? null : rows(tables, table, from, before, lost, now.schema()));
  }

  private static Set<String> minus(Set<String> one, Set<String> other) {
    Set<String> rest = new HashSet<>(one);
    rest.removeAll(other);
    return rest;
  }

  /** Plain Parquet files are read as such; where Delta must interpret them, it picks them. */
  private static Dataset<Row> rows(
      IdentityTables tables,
      String table,
      long number,
      Version version,
      Set<String> files,
      StructType schema) {
    if (files.isEmpty()) {
      return tables.spark().createDataFrame(List.of(), schema);
    }
    if (version.plain()) {
      return tables
          .spark()
          .read()
          .schema(schema)
          .option("basePath", tables.path(table))
          .parquet(files.toArray(String[]::new));
    }
    List<String> names = files.stream().map(file -> new Path(file).getName()).toList();
    Dataset<Row> picked = tables.spark().createDataset(names, Encoders.STRING()).toDF("_file");
    Dataset<Row> all = tables.at(table, number);
    return all.withColumn("_file", col("_metadata.file_name"))
        .join(picked, "_file")
        .drop("_file")
        .select(
            List.of(schema.fieldNames()).stream()
                .map(
                    name ->
                        List.of(all.columns()).contains(name)
                            ? col("`" + name + "`")
                            : lit(null).cast(schema.apply(name).dataType()).as(name))
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  /** The data files of a version, and whether Parquet alone tells what is in them. */
  private record Version(Set<String> files, boolean plain) {}

  private static Version version(IdentityTables tables, String table, long number) {
    try {
      Snapshot snapshot =
          Table.forPath(tables.engine(), tables.path(table))
              .getSnapshotAsOfVersion(tables.engine(), number);
      var properties = ((SnapshotImpl) snapshot).getMetadata().getConfiguration();
      boolean plain =
          "none".equals(properties.getOrDefault("delta.columnMapping.mode", "none"))
              && !"true".equals(properties.get("delta.enableDeletionVectors"));
      return new Version(files(tables, table, snapshot), plain);
    } catch (io.delta.kernel.exceptions.KernelException e) {
      throw IdentityErrors.historyGone(table, number, e);
    }
  }

  private static Set<String> files(IdentityTables tables, String table, Snapshot snapshot) {
    List<String> files = new ArrayList<>();
    Scan scan = snapshot.getScanBuilder().build();
    try (var batches = scan.getScanFiles(tables.engine())) {
      while (batches.hasNext()) {
        try (var rows = batches.next().getRows()) {
          rows.forEachRemaining(
              row -> files.add(InternalScanFileUtils.getAddFileStatus(row).getPath()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> plain = new HashSet<>();
    files.forEach(file -> plain.add(new Path(URI.create(file)).toString()));
    return plain;
  }
}
