package dev.tributary.pipelines.landing;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Scan;
import io.delta.kernel.Table;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionBuilder;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lake's tables as landing commits to them, through Delta Kernel: the same public API on open
 * Spark and on Databricks, where Delta's own classes have other names. Appends only. Beside other
 * writers as far as the log store of the configuration lets them be: on S3 that is {@link
 * dev.tributary.pipelines.store.ConditionalLogStore}; Kernel's own there knows one process only.
 */
final class DeltaTables {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaTables.class);
  private static final String ENGINE = "Tributary";
  private static final long MICROS_PER_MILLI = 1000;
  private static final int MOST_ATTEMPTS = 10;

  private final String lake;
  private final Engine engine;

  /**
   * @param lake directory or URI of the lake
   */
  DeltaTables(String lake, Configuration hadoop) {
    this.lake = qualified(lake, hadoop);
    this.engine = DefaultEngine.create(hadoop);
  }

  /**
   * The lake with its scheme. Without one Kernel takes a file's path for one outside of the table
   * and writes it to the log whole, and the table can neither be moved nor read by other clients.
   */
  private static String qualified(String lake, Configuration hadoop) {
    Path path = new Path(lake);
    try {
      return path.getFileSystem(hadoop).makeQualified(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("The lake cannot be reached: " + lake, e);
    }
  }

  /** Where a table lives. */
  String root(String table) {
    return lake + "/" + table.replace('.', '/');
  }

  /** The table's schema; empty when there is no such table. */
  Optional<StructType> schema(String table) {
    try {
      return Optional.of(delta(table).getLatestSnapshot(engine).getSchema());
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The table's newest version; empty when there is no such table. */
  Optional<Long> version(String table) {
    try {
      return Optional.of(delta(table).getLatestSnapshot(engine).getVersion());
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The version that an application last committed to the table, if any. */
  Optional<Long> committed(String table, String application) {
    try {
      return ((SnapshotImpl) delta(table).getLatestSnapshot(engine))
          .getLatestTransactionVersion(engine, application);
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Data files of a table that may hold rows for which the predicate is true. */
  List<String> files(String table, Predicate predicate) throws IOException {
    List<String> paths = new ArrayList<>();
    Scan scan;
    try {
      scan = delta(table).getLatestSnapshot(engine).getScanBuilder().withFilter(predicate).build();
    } catch (TableNotFoundException e) {
      return paths;
    }
    try (var batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (var rows = batches.next().getRows()) {
          rows.forEachRemaining(
              row -> paths.add(InternalScanFileUtils.getAddFileStatus(row).getPath()));
        }
      }
    }
    return paths;
  }

  /** Creates an empty table; a table that another process has just created is as good. */
  void create(TableLayout layout, Map<String, String> properties) throws IOException {
    TransactionBuilder builder =
        delta(layout.name())
            .createTransactionBuilder(engine, ENGINE, Operation.CREATE_TABLE)
            .withSchema(engine, DeltaTypes.struct(layout))
            .withTableProperties(engine, properties);
    if (layout.partitionColumn() != null) {
      builder = builder.withPartitionColumns(engine, List.of(layout.partitionColumn()));
    }
    try {
      builder.build(engine).commit(engine, CloseableIterable.emptyIterable());
    } catch (io.delta.kernel.exceptions.TableAlreadyExistsException | ConcurrentWriteException e) {
      schema(layout.name()).orElseThrow(() -> e);
    }
  }

  /**
   * Appends files to a table, once for an application and version.
   *
   * @return false when the table holds that version already
   */
  boolean append(String table, List<WrittenFile> files, String application, long version)
      throws IOException {
    Optional<Append> append = begin(table, application, version);
    return append.isPresent() && append.get().commit(files);
  }

  /**
   * Begins an append that is to happen once for an application and version.
   *
   * @return empty when the table holds that version already
   */
  Optional<Append> begin(String table, String application, long version) {
    try {
      return Optional.of(
          new Append(table, application, version, transaction(table, application, version)));
    } catch (ConcurrentTransactionException e) {
      return Optional.empty();
    }
  }

  private Transaction transaction(String table, String application, long version) {
    return delta(table)
        .createTransactionBuilder(engine, ENGINE, Operation.STREAMING_UPDATE)
        .withTransactionId(engine, application, version)
        .build(engine);
  }

  /** An append that has begun: whoever commits the same version in between makes it void. */
  final class Append {
    private final String table;
    private final String application;
    private final long version;
    private Transaction transaction;

    private Append(String table, String application, long version, Transaction transaction) {
      this.table = table;
      this.application = application;
      this.version = version;
      this.transaction = transaction;
    }

    /**
     * Commits, beside whatever others commit to the table.
     *
     * @return false when the table holds the version already
     */
    boolean commit(List<WrittenFile> files) throws IOException {
      for (int attempt = 1; ; attempt++) {
        try {
          hooks(transaction.commit(engine, actions(table, transaction, files)));
          return true;
        } catch (ConcurrentTransactionException e) {
          return false;
        } catch (ConcurrentWriteException e) {
          // Another stream has changed the table's columns: begin on what it is now.
          if (attempt == MOST_ATTEMPTS) {
            throw e;
          }
        }
        try {
          transaction = transaction(table, application, version);
        } catch (ConcurrentTransactionException e) {
          return false;
        }
      }
    }
  }

  private void hooks(TransactionCommitResult result) throws IOException {
    for (PostCommitHook hook : result.getPostCommitHooks()) {
      if (hook.getType() == PostCommitHookType.CHECKPOINT) {
        checkpoint(hook);
      }
    }
  }

  private void checkpoint(PostCommitHook hook) throws IOException {
    try {
      hook.threadSafeInvoke(engine);
    } catch (CheckpointAlreadyExistsException e) {
      LOG.debug("another process wrote the checkpoint first", e);
    }
  }

  private Table delta(String table) {
    return Table.forPath(engine, root(table));
  }

  private CloseableIterable<Row> actions(
      String table, Transaction transaction, List<WrittenFile> files) {
    Row state = transaction.getTransactionState(engine);
    StructType schema = transaction.getSchema(engine);
    List<String> partitioning = transaction.getPartitionColumns(engine);
    // As Kernel spells it, with its scheme: only below that a path is relative, and the lake
    // movable.
    String root = delta(table).getPath(engine);
    List<Row> rows = new ArrayList<>();
    Map<Integer, List<WrittenFile>> days =
        files.stream().collect(Collectors.groupingBy(WrittenFile::day));
    days.forEach(
        (day, written) -> {
          Map<String, Literal> partition = new HashMap<>();
          partitioning.forEach(column -> partition.put(column, Literal.ofDate(day)));
          DataWriteContext context = Transaction.getWriteContext(engine, state, partition);
          List<DataFileStatus> statuses =
              written.stream().map(file -> status(root, schema, file)).toList();
          try (var each =
              Transaction.generateAppendActions(
                  engine, state, Utils.toCloseableIterator(statuses.iterator()), context)) {
            each.forEachRemaining(rows::add);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(rows.iterator()));
  }

  private DataFileStatus status(String root, StructType schema, WrittenFile file) {
    Map<Column, Literal> least = new HashMap<>();
    Map<Column, Literal> greatest = new HashMap<>();
    Map<Column, Long> nulls = new HashMap<>();
    file.nulls().forEach((name, count) -> nulls.put(new Column(name), count));
    file.least().forEach((name, v) -> least.put(new Column(name), literal(schema.get(name), v, 0)));
    file.greatest()
        .forEach(
            (name, v) ->
                greatest.put(new Column(name), literal(schema.get(name), v, MICROS_PER_MILLI)));
    return new DataFileStatus(
        root + "/" + file.path(),
        file.bytes(),
        file.modifiedMillis(),
        Optional.of(new DataFileStatistics(file.records(), least, greatest, nulls)));
  }

  /**
   * A statistic as a literal. The log keeps times in milliseconds, so an upper bound is raised by
   * one of them.
   */
  private static Literal literal(StructField field, Object value, long raise) {
    DataType type = field.getDataType();
    if (type instanceof TimestampType) {
      return Literal.ofTimestamp(((Number) value).longValue() + raise);
    }
    if (type instanceof DateType) {
      return Literal.ofDate(((Number) value).intValue());
    }
    if (type instanceof IntegerType) {
      return Literal.ofInt(((Number) value).intValue());
    }
    if (type instanceof LongType) {
      return Literal.ofLong(((Number) value).longValue());
    }
    if (type instanceof DoubleType) {
      return Literal.ofDouble(((Number) value).doubleValue());
    }
    return Literal.ofString((String) value);
  }
}
