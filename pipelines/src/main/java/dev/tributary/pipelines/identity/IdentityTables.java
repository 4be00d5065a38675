package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.TableName;
import dev.tributary.schemas.contract.ContractColumn;
import dev.tributary.schemas.contract.SqlType;
import dev.tributary.schemas.contract.TableContract;
import dev.tributary.schemas.contract.TableContracts;
import io.delta.kernel.Operation;
import io.delta.kernel.Table;
import io.delta.kernel.Transaction;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Delta tables of the lake as identity resolution reads and writes them: at a fixed version,
 * and each write once for a batch, whatever is killed when.
 */
final class IdentityTables {
  /** The name under which Delta remembers the newest batch of each table. */
  static final String APPLICATION = "tributary.identity";

  private static final Logger LOG = LoggerFactory.getLogger(IdentityTables.class);
  private static final String ENGINE = "Tributary";

  /** Of how many versions of tables the files are remembered, and of how many files at most. */
  private static final int MOST_LISTED = 32;

  private static final int MOST_FILES = 2_000;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "delta.checkpointInterval",
          "50",
          // Groups and nodes are looked up; statistics of anything else cost more than they save.
          "delta.dataSkippingNumIndexedCols",
          "3");

  /** Columns of many different values, for which Parquet need not try a dictionary. */
  private static final Map<String, String> UNIQUE_VALUES =
      Map.of(
          "parquet.enable.dictionary#group_id", "false",
          "parquet.enable.dictionary#src", "false",
          "parquet.enable.dictionary#dst", "false",
          "parquet.enable.dictionary#node", "false",
          "parquet.enable.dictionary#identifier_value", "false",
          "parquet.enable.dictionary#oldest_value", "false",
          "parquet.enable.dictionary#profile_id", "false",
          "parquet.enable.dictionary#first_seen", "false",
          "parquet.enable.dictionary#last_seen", "false",
          "parquet.compression.codec.zstd.level", "1");

  private final SparkSession spark;
  private final Lake lake;
  private final Configuration hadoop;
  private final Engine engine;
  private final Map<String, String> elsewhere = new java.util.concurrent.ConcurrentHashMap<>();
  private final Map<String, DataFiles> listed =
      Collections.synchronizedMap(
          new LinkedHashMap<>(MOST_LISTED, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, DataFiles> eldest) {
              return size() > MOST_LISTED;
            }
          });

  IdentityTables(SparkSession spark, String lake) {
    this.spark = spark;
    this.lake = Lake.at(lake);
    this.hadoop = spark.sessionState().newHadoopConf();
    this.engine = DefaultEngine.create(hadoop);
  }

  SparkSession spark() {
    return spark;
  }

  Lake lake() {
    return lake;
  }

  Configuration hadoop() {
    return hadoop;
  }

  Engine engine() {
    return engine;
  }

  /** Reads a table from another place, for a look at what would be; null for its own again. */
  void readAt(String table, String path) {
    if (path == null) {
      elsewhere.remove(table);
    } else {
      elsewhere.put(table, path);
    }
  }

  StructType schemaOf(String table) {
    return schema(TableContracts.of(table));
  }

  String path(String table) {
    String other = elsewhere.get(table);
    return other != null ? other : lake.tablePath(TableName.parse(table));
  }

  /** The table's newest version; -1 when there is none. */
  long version(String table) {
    try {
      return kernel(table).getLatestSnapshot(engine).getVersion();
    } catch (TableNotFoundException e) {
      return -1;
    }
  }

  /** The newest batch that the table holds. */
  OptionalLong committed(String table) {
    try {
      return ((SnapshotImpl) kernel(table).getLatestSnapshot(engine))
          .getLatestTransactionVersion(engine, APPLICATION)
          .map(OptionalLong::of)
          .orElse(OptionalLong.empty());
    } catch (TableNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  private Table kernel(String table) {
    return Table.forPath(engine, path(table));
  }

  /**
   * The files of a table's version, which never change.
   *
   * @throws dev.tributary.pipelines.job.JobException when the version is gone
   */
  DataFiles files(String table, long version) {
    String key = path(table) + "@" + version;
    DataFiles known = listed.get(key);
    if (known == null) {
      known = DataFiles.of(this, table, version);
      if (known.files().size() <= MOST_FILES) {
        listed.put(key, known);
      }
    }
    return known;
  }

  /** The table at a version; without rows at version -1. */
  Dataset<Row> at(String table, long version) {
    return version < 0
        ? spark.createDataFrame(List.of(), schema(TableContracts.of(table)))
        : files(table, version).rows(this);
  }

  /** Those rows of the table at a version whose key is one of a set. */
  Dataset<Row> at(String table, long version, KeyedColumns columns, Broadcast<KeySet> keys) {
    StructType schema = columns.schema(TableContracts.of(table));
    return version < 0
        ? spark.createDataFrame(List.of(), schema)
        : files(table, version).rows(this, schema, columns, keys);
  }

  /** Whether there is nothing in the table at a version; version -1 stands for no table. */
  boolean isEmpty(String table, long version) {
    return version < 0 || files(table, version).files().isEmpty();
  }

  /** The size of the table's files at a version. */
  long bytes(String table, long version) {
    return version < 0 ? 0 : files(table, version).bytes();
  }

  /** The table at a version, as Delta's own reader has it. */
  Dataset<Row> byDelta(String table, long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path(table));
  }

  /** The table as it is now. */
  Dataset<Row> now(String table) {
    return at(table, version(table));
  }

  /** Physical tables behind a name: the table, or those of all models of an event. */
  List<String> physical(String name) {
    TableName table = TableName.parse(name);
    if (elsewhere.containsKey(name) || lake.isTable(table, hadoop)) {
      return List.of(name);
    }
    return lake.tables(table.namespace(), hadoop).stream()
        .map(TableName::toString)
        .filter(found -> found.matches(java.util.regex.Pattern.quote(name) + "_v\\d+"))
        .toList();
  }

  /** Sees to it that a fixed table is there. */
  void create(String table) {
    if (version(table) >= 0) {
      return;
    }
    TableContract contract = TableContracts.of(table);
    io.delta.kernel.types.StructType columns = new io.delta.kernel.types.StructType();
    for (ContractColumn column : contract.columns()) {
      columns =
          columns.add(
              column.name(),
              kernelType(column.type()),
              column.nullable(),
              FieldMetadata.builder().putString("comment", column.description()).build());
    }
    try {
      kernel(table)
          .createTransactionBuilder(engine, ENGINE, Operation.CREATE_TABLE)
          .withSchema(engine, columns)
          .withTableProperties(engine, PROPERTIES)
          .build(engine)
          .commit(engine, CloseableIterable.emptyIterable());
    } catch (TableAlreadyExistsException | ConcurrentWriteException e) {
      if (version(table) < 0) {
        throw e;
      }
    }
  }

  /**
   * Appends rows; does nothing when the table holds the batch. Spark writes the files, Kernel
   * commits them: a tenth of the time that Delta's writer takes for few rows.
   */
  void append(String table, Dataset<Row> rows, long batch) {
    create(table);
    if (holds(table, batch)) {
      return;
    }
    describe(table, batch);
    String root = kernel(table).getPath(engine);
    String directory = root + "/batch-" + batch + "-" + UUID.randomUUID();
    rows.select(columns(table)).write().options(UNIQUE_VALUES).parquet(directory);
    try {
      commit(table, files(directory), batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<DataFileStatus> files(String directory) throws IOException {
    Path path = new Path(directory);
    List<DataFileStatus> files = new ArrayList<>();
    for (FileStatus file : path.getFileSystem(hadoop).listStatus(path)) {
      if (file.getPath().getName().endsWith(".parquet")) {
        files.add(
            new DataFileStatus(
                directory + "/" + file.getPath().getName(),
                file.getLen(),
                file.getModificationTime(),
                Optional.empty()));
      }
    }
    return files;
  }

  private void commit(String table, List<DataFileStatus> files, long batch) throws IOException {
    try {
      Transaction transaction =
          kernel(table)
              .createTransactionBuilder(engine, ENGINE, Operation.WRITE)
              .withTransactionId(engine, APPLICATION, batch)
              .build(engine);
      var state = transaction.getTransactionState(engine);
      var context = Transaction.getWriteContext(engine, state, Map.of());
      try (var actions =
          Transaction.generateAppendActions(
              engine, state, Utils.toCloseableIterator(files.iterator()), context)) {
        var result = transaction.commit(engine, CloseableIterable.inMemoryIterable(actions));
        for (PostCommitHook hook : result.getPostCommitHooks()) {
          if (hook.getType() == PostCommitHook.PostCommitHookType.CHECKPOINT) {
            checkpoint(hook);
          }
        }
      }
    } catch (ConcurrentTransactionException e) {
      LOG.info("another run wrote batch {} of {} first", batch, table, e);
    }
  }

  private void checkpoint(PostCommitHook hook) throws IOException {
    try {
      hook.threadSafeInvoke(engine);
    } catch (CheckpointAlreadyExistsException e) {
      LOG.debug("another process wrote the checkpoint first", e);
    }
  }

  private boolean holds(String table, long batch) {
    OptionalLong before = committed(table);
    return before.isPresent() && before.getAsLong() >= batch;
  }

  /** Replaces all rows; does nothing when the table holds the batch. */
  void overwrite(String table, Dataset<Row> rows, long batch) {
    create(table);
    if (holds(table, batch)) {
      return;
    }
    describe(table, batch);
    rows.select(columns(table))
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("txnAppId", APPLICATION)
        .option("txnVersion", batch)
        .save(path(table));
  }

  private void describe(String table, long batch) {
    spark.sparkContext().setJobDescription("write " + table + ", batch " + batch);
  }

  private static Column[] columns(String table) {
    return TableContracts.of(table).columnNames().stream()
        .map(name -> functions.col(name))
        .toArray(Column[]::new);
  }

  static StructType schema(TableContract contract) {
    StructType schema = new StructType();
    for (ContractColumn column : contract.columns()) {
      schema = schema.add(column.name(), DataType.fromDDL(column.type().sql()), true);
    }
    return schema;
  }

  private static io.delta.kernel.types.DataType kernelType(SqlType type) {
    return switch (type) {
      case STRING -> StringType.STRING;
      case BINARY -> BinaryType.BINARY;
      case BOOLEAN -> BooleanType.BOOLEAN;
      case INT -> IntegerType.INTEGER;
      case BIGINT -> LongType.LONG;
      case DOUBLE -> DoubleType.DOUBLE;
      case TIMESTAMP -> TimestampType.TIMESTAMP;
      case DATE -> DateType.DATE;
    };
  }
}
