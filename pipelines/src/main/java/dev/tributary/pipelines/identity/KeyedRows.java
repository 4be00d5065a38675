package dev.tributary.pipelines.identity;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopCodecs;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The few rows of Parquet files whose key is one of a set, as a dataset. Spark would decode all
 * columns of all rows before it looks at the key; see {@link RowGroup}. What is found in a part of
 * a file is in memory at once.
 */
final class KeyedRows implements FlatMapFunction<Iterator<KeyedRows.Slice>, InternalRow> {
  private static final long serialVersionUID = 1;

  /** What one task reads at most, unless a row group is larger. */
  private static final long MOST_BYTES = 64L << 20;

  /** What opening a file costs, in bytes read meanwhile. */
  private static final long OPENING = 1L << 20;

  private final StructType schema;
  private final Set<String> presence;
  private final Broadcast<KeySet> keys;
  private final Broadcast<SerializableConfiguration> hadoop;

  private KeyedRows(
      StructType schema,
      Set<String> presence,
      Broadcast<KeySet> keys,
      Broadcast<SerializableConfiguration> hadoop) {
    this.schema = schema;
    this.presence = presence;
    this.keys = keys;
    this.hadoop = hadoop;
  }

  /** A part of a file: the row groups whose middle lies in it. */
  record Slice(String file, long size, long from, long until) implements Serializable {}

  /**
   * The rows; columns that a file lacks are null.
   *
   * @param schema of the columns; the key is first
   */
  static Dataset<Row> of(
      IdentityTables tables,
      List<FileStatus> files,
      StructType schema,
      KeyedColumns columns,
      Broadcast<KeySet> keys) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(tables.spark().sparkContext());
    List<List<Slice>> tasks = tasks(files);
    KeyedRows reader =
        new KeyedRows(
            schema,
            Set.copyOf(columns.presence()),
            keys,
            context.broadcast(new SerializableConfiguration(tables.hadoop())));
    var rows =
        context
            .parallelize(tasks, Math.max(1, tasks.size()))
            .flatMap(List::iterator)
            .mapPartitions(reader);
    return ((org.apache.spark.sql.classic.SparkSession) tables.spark())
        .internalCreateDataFrame(rows.rdd(), schema, false);
  }

  /** The largest parts first, as many in a task as it may read. */
  private static List<List<Slice>> tasks(List<FileStatus> files) {
    List<Slice> slices = new ArrayList<>();
    for (FileStatus file : files) {
      for (long from = 0; from < file.getLen(); from += MOST_BYTES) {
        long until = Math.min(file.getLen(), from + MOST_BYTES);
        slices.add(new Slice(file.getPath().toString(), file.getLen(), from, until));
      }
    }
    slices.sort(
        Comparator.comparingLong((Slice slice) -> slice.from() - slice.until())
            .thenComparing(Slice::file)
            .thenComparing(Slice::from));
    List<List<Slice>> tasks = new ArrayList<>();
    long bytes = MOST_BYTES;
    for (Slice slice : slices) {
      long more = slice.until() - slice.from() + OPENING;
      if (bytes + more > MOST_BYTES) {
        tasks.add(new ArrayList<>());
        bytes = 0;
      }
      tasks.get(tasks.size() - 1).add(slice);
      bytes += more;
    }
    return tasks;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<Slice> slices) {
    Reading reading = new Reading(slices);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> reading.close());
    return reading;
  }

  /** Reads row group after row group; what one holds of the wanted is in memory. */
  private final class Reading implements Iterator<InternalRow> {
    private final Iterator<Slice> slices;
    private Slice slice;
    private ParquetFileReader file;
    private int group;
    private Iterator<InternalRow> rows = Collections.emptyIterator();

    Reading(Iterator<Slice> slices) {
      this.slices = slices;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && (file != null || slices.hasNext())) {
        if (file == null) {
          slice = slices.next();
          file = open(slice);
          group = 0;
        }
        if (group == file.getRowGroups().size()) {
          close();
        } else {
          rows = rows().iterator();
          group++;
        }
      }
      return rows.hasNext();
    }

    private List<InternalRow> rows() {
      try {
        RowGroup rowGroup = new RowGroup(file, group, schema, presence);
        List<InternalRow> found = rowGroup.rows(keys.value());
        InputMetrics metrics = TaskContext.get().taskMetrics().inputMetrics();
        metrics.incRecordsRead(rowGroup.size());
        metrics.incBytesRead(rowGroup.bytesRead());
        return found;
      } catch (IOException | RuntimeException e) {
        throw unreadable(slice, e);
      }
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.next();
    }

    void close() {
      if (file != null) {
        try {
          file.close();
        } catch (IOException e) {
          throw unreadable(slice, e);
        } finally {
          file = null;
        }
      }
    }
  }

  private ParquetFileReader open(Slice slice) {
    Configuration conf = hadoop.value().value();
    Path path = new Path(slice.file());
    FileStatus status = new FileStatus(slice.size(), false, 1, MOST_BYTES, 0, path);
    var options =
        HadoopReadOptions.builder(conf, path)
            .withRange(slice.from(), slice.until())
            .withCodecFactory(new PageDecompression(HadoopCodecs.newFactory(conf, 0)))
            .build();
    try {
      return ParquetFileReader.open(HadoopInputFile.fromStatus(status, conf), options);
    } catch (IOException | RuntimeException e) {
      throw unreadable(slice, e);
    }
  }

  private static IllegalStateException unreadable(Slice slice, Exception cause) {
    return new IllegalStateException(slice.file() + " could not be read", cause);
  }
}
