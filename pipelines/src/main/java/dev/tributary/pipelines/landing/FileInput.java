package dev.tributary.pipelines.landing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A directory of JSON lines, CSV or Parquet, each file read once, as a whole and in its order.
 * Lines go on as the bytes they are; rows of a mapped source become wire events first ({@link
 * RowMapping}), and then take the way of every other record.
 *
 * <p>A file is taken as complete when it appears: write it elsewhere, or under a name that begins
 * with {@code .} or {@code _}, and move it in. What is done to a file after it was read is not
 * seen.
 */
final class FileInput implements LandingInput {
  private static final String NEVER_SPLIT = Long.toString(1L << 50);
  private static final String CORRUPT = "_tributary_corrupt";

  private final SourceMapping mapping;
  private final SparkSession spark;
  private final StructType columns;
  private final RowMapping rows;

  private FileInput(
      SourceMapping mapping, SparkSession spark, StructType columns, RowMapping rows) {
    this.mapping = mapping;
    this.spark = spark;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Checks the mapping against the files that are there.
   *
   * @throws dev.tributary.schemas.yaml.YamlException with file, place and fix
   */
  static FileInput open(SourceMapping mapping, SparkSession parent) {
    SparkSession spark = session(parent);
    requireDirectory(mapping, spark);
    if (!mapping.mapsColumns()) {
      return new FileInput(mapping, spark, null, null);
    }
    StructType columns = new FileInput(mapping, spark, null, null).readColumns();
    RowMapping rows = RowMapping.bind(mapping, columns, new RowExpressions(spark, columns));
    return new FileInput(mapping, spark, columns, rows);
  }

  /** A session of its own, so that what reading files needs does not change the caller's. */
  private static SparkSession session(SparkSession parent) {
    SparkSession own = parent.newSession();
    CollectionConverters.asJava(parent.conf().getAll())
        .forEach(
            (key, value) -> {
              if (key.startsWith("spark.sql.") && !SQLConf.isStaticConfigKey(key)) {
                own.conf().set(key, value);
              }
            });
    RowExpressions.prepare(own);
    // One task a file: its records are counted, and its duplicates known.
    own.conf().set("spark.sql.files.maxPartitionBytes", NEVER_SPLIT);
    own.conf().set("spark.sql.files.openCostInBytes", NEVER_SPLIT);
    own.conf().set("spark.sql.files.ignoreCorruptFiles", "false");
    own.conf().set("spark.sql.files.ignoreMissingFiles", "false");
    return own;
  }

  private static void requireDirectory(SourceMapping mapping, SparkSession spark) {
    try {
      Path path = new Path(mapping.path());
      FileStatus[] found =
          path.getFileSystem(spark.sessionState().newHadoopConf()).globStatus(path);
      if (found != null && found.length > 0) {
        return;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw mapping
          .pathPlace()
          .problem(mapping.path() + " cannot be read (" + e + ")", "correct the path");
    }
    throw mapping
        .pathPlace()
        .problem("there is no " + mapping.path(), "make the directory, or correct the path");
  }

  private StructType readColumns() {
    return switch (mapping.format()) {
      case CSV -> FileRows.texts(csvColumns());
      case JSON_LINES -> jsonColumns();
      case PARQUET -> parquetColumns();
    };
  }

  private List<String> csvColumns() {
    if (!mapping.options().csv().header()) {
      return mapping.columns();
    }
    List<String> files = files();
    Dataset<Row> first =
        reader().option("lineSep", "\n").text(files.get(0)).limit(CsvRows.MOST_LINES);
    Dataset<Row> lines = first.select(lit(""), lit(null), col("value").cast(DataTypes.BinaryType));
    Iterator<Row> read = lines.collectAsList().iterator();
    List<String> names = CsvRows.header(mapping.options().csv(), read);
    if (names == null) {
      throw mapping
          .pathPlace()
          .problem(files.get(0) + " begins with no CSV header", "add one, or set header: false");
    }
    requireDistinct(names, files.get(0));
    return names;
  }

  private void requireDistinct(List<String> names, String file) {
    for (String name : names) {
      if (name.isEmpty() || names.stream().filter(n -> n.equalsIgnoreCase(name)).count() > 1) {
        throw mapping
            .pathPlace()
            .problem(
                "the header of %s has %s"
                    .formatted(
                        file, name.isEmpty() ? "a column without a name" : "'" + name + "' twice"),
                "correct the header, or set header: false and list columns (its line is then"
                    + " a row)");
      }
    }
  }

  /** The files there are, by name; at least one. */
  private List<String> files() {
    String[] files = reader().text(mapping.path()).inputFiles();
    if (files.length == 0) {
      throw mapping
          .pathPlace()
          .problem(
              "there is no file in " + mapping.path() + " that tells its columns",
              "put the first file there before the stream starts");
    }
    Arrays.sort(files);
    return List.of(files);
  }

  private StructType jsonColumns() {
    try {
      return StructType.fromDDL(String.join(", ", mapping.columns()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw mapping
          .columnsPlace()
          .problem(
              "is no list of 'name TYPE': " + e.getMessage().lines().findFirst().orElse(""),
              "write for example ['id STRING', 'at TIMESTAMP']");
    }
  }

  private StructType parquetColumns() {
    files();
    try {
      return reader().option("mergeSchema", "true").parquet(mapping.path()).schema();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw mapping
          .pathPlace()
          .problem(
              "the Parquet files cannot be read: " + e.getMessage().lines().findFirst().orElse(""),
              "remove the file, or correct the path");
    }
  }

  private DataFrameReader reader() {
    DataFrameReader reader =
        spark.read().option("recursiveFileLookup", mapping.options().recursive());
    mapping.options().glob().ifPresent(glob -> reader.option("pathGlobFilter", glob));
    return reader;
  }

  @Override
  public Dataset<Row> stream(SparkSession ofTheJob) {
    DataStreamReader reader =
        spark
            .readStream()
            .option("recursiveFileLookup", mapping.options().recursive())
            .option("maxFilesPerTrigger", mapping.options().maxFilesPerBatch())
            // A file that arrives with an old time is new all the same.
            .option("maxFileAge", "36500d");
    mapping.options().glob().ifPresent(glob -> reader.option("pathGlobFilter", glob));
    if (!mapping.mapsColumns()) {
      return lines(reader);
    }
    return rows.records(
        switch (mapping.format()) {
          case CSV -> csv(reader);
          case JSON_LINES -> json(reader);
          case PARQUET -> parquet(reader);
        });
  }

  private Dataset<Row> lines(DataStreamReader reader) {
    Column noHeaders = lit(null).cast("array<struct<key: string, value: binary>>");
    return reader
        .format("text")
        .load(mapping.path())
        .select(
            col("_metadata.file_path").as("landed_from"),
            lit(0).as("partition"),
            lit(null).cast(DataTypes.LongType).as("offset"),
            col("_metadata.file_modification_time").as("time"),
            col("value").cast(DataTypes.BinaryType).as("value"),
            noHeaders.as("headers"));
  }

  private Dataset<Row> csv(DataStreamReader reader) {
    CsvRows parsed =
        new CsvRows(
            mapping.options().csv(),
            List.of(columns.fieldNames()),
            rows.used(),
            mapping.properties().others() || mapping.context().others());
    return reader
        .option("lineSep", "\n")
        .format("text")
        .load(mapping.path())
        .select(
            col("_metadata.file_path"),
            col("_metadata.file_modification_time"),
            col("value").cast(DataTypes.BinaryType))
        .mapPartitions(parsed, Encoders.row(FileRows.schema(columns)));
  }

  private Dataset<Row> json(DataStreamReader reader) {
    StructType parsed = columns.add(CORRUPT, DataTypes.StringType);
    Column value = col(FileRows.RAW);
    Column problem =
        when(length(value).equalTo(0), lit("the line is empty"))
            .when(not(is_valid_utf8(value.cast("string"))), lit("the line is not UTF-8"))
            .when(
                col("parsed").isNull().or(col("parsed." + CORRUPT).isNotNull()),
                lit("the line is no JSON object with these columns: " + columns.toDDL()));
    Map<String, String> options = Map.of("columnNameOfCorruptRecord", CORRUPT);
    List<Column> selected = new ArrayList<>();
    selected.addAll(List.of(col(FileRows.FILE), col(FileRows.TIME), col(FileRows.NUMBER), value));
    selected.add(problem.as(FileRows.PROBLEM));
    for (String name : columns.fieldNames()) {
      selected.add(col("parsed.`" + name.replace("`", "``") + "`").as(name));
    }
    return withFile(reader.format("text").load(mapping.path()), col("value").cast("binary"))
        .withColumn("parsed", from_json(value.cast("string"), parsed, options))
        .select(selected.toArray(Column[]::new));
  }

  private Dataset<Row> parquet(DataStreamReader reader) {
    Dataset<Row> read = reader.schema(columns).format("parquet").load(mapping.path());
    List<Column> selected = new ArrayList<>(FileRows.columns());
    for (StructField field : columns.fields()) {
      selected.add(RowExpressions.column(field.name()));
    }
    return withFile(read, lit(null).cast("binary"))
        .withColumn(FileRows.PROBLEM, lit(null).cast("string"))
        .select(selected.toArray(Column[]::new));
  }

  private static Dataset<Row> withFile(Dataset<Row> read, Column raw) {
    return read.withColumn(FileRows.FILE, col("_metadata.file_path"))
        .withColumn(FileRows.TIME, col("_metadata.file_modification_time"))
        .withColumn(FileRows.NUMBER, lit(null).cast(DataTypes.LongType))
        .withColumn(FileRows.RAW, raw);
  }

  @Override
  public boolean numbered() {
    return true;
  }

  @Override
  public Map<String, String> topicIds() {
    return Map.of();
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public Optional<String> sourceName() {
    return mapping.source();
  }

  @Override
  public String describe() {
    return mapping.path();
  }
}
