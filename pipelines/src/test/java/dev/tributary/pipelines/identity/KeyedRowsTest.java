package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.lake.LakeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows found by their key are those that Spark finds, however the file is written. */
class KeyedRowsTest {
  private static final int ROWS = 6_000;

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("text", DataTypes.StringType)
          .add("name", DataTypes.StringType)
          .add("never", DataTypes.StringType)
          .add("number", DataTypes.LongType)
          .add("constant", DataTypes.LongType)
          .add("share", DataTypes.DoubleType)
          .add("flag", DataTypes.BooleanType)
          .add("code", DataTypes.IntegerType)
          .add("at", DataTypes.TimestampType);

  @TempDir private Path directory;

  private LakeFixture lake;
  private IdentityTables tables;

  @BeforeEach
  void setUp() {
    lake = LakeFixture.empty(directory);
    tables = new IdentityTables(lake.spark(), lake.lake().toString());
  }

  private Dataset<Row> data() {
    return lake.sql(
        """
        SELECT if(id % 97 = 0, NULL, (id * 7919) % 500 - 100) id,
               concat('value ', id, repeat('x', CAST(id % 40 AS INT))) text,
               if(id % 3 = 0, NULL, concat('name ', id % 5)) name,
               CAST(NULL AS STRING) never,
               if(id % 11 < 4, NULL, id * id) number,
               7L constant,
               if(id % 2 = 0, id / 3.0D, NULL) share,
               if(id % 5 = 0, NULL, id % 7 < 3) flag,
               CAST(id % 1000 AS INT) code,
               timestamp_micros(if(id % 13 = 0, NULL, id * 1000003 - 5000000000)) at
        FROM range(0, ROWS, 1, 1)
        """
            .replace("ROWS", String.valueOf(ROWS)));
  }

  private List<FileStatus> write(Dataset<Row> rows, Map<String, String> options)
      throws IOException {
    String path = directory.resolve("files-" + options.hashCode()).toString();
    lake.spark()
        .conf()
        .set(
            "spark.sql.parquet.outputTimestampType",
            options.getOrDefault("timestamps", "TIMESTAMP_MICROS"));
    rows.write().options(options).parquet(path);
    lake.spark().conf().unset("spark.sql.parquet.outputTimestampType");
    try (Stream<Path> files = Files.list(Path.of(path))) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .map(
              file ->
                  new FileStatus(
                      file.toFile().length(),
                      false,
                      1,
                      1,
                      0,
                      new org.apache.hadoop.fs.Path(file.toUri())))
          .toList();
    }
  }

  static Stream<Arguments> writers() {
    Map<String, String> small =
        Map.of("parquet.page.row.count.limit", "100", "parquet.block.size", "40000");
    return Stream.of(
        Arguments.of("as Spark does", Map.of()),
        Arguments.of("small pages and row groups", small),
        Arguments.of("no dictionaries", Map.of("parquet.enable.dictionary", "false")),
        Arguments.of(
            "the second version of pages",
            Map.of("parquet.writer.version", "v2", "parquet.page.row.count.limit", "700")),
        Arguments.of(
            "the second version without dictionaries",
            Map.of("parquet.writer.version", "v2", "parquet.enable.dictionary", "false")),
        Arguments.of(
            "dictionaries that overflow",
            Map.of(
                "parquet.dictionary.page.size",
                "2000",
                "parquet.page.row.count.limit",
                "300",
                "compression",
                "zstd")),
        Arguments.of(
            "the second version, Zstandard",
            Map.of("parquet.writer.version", "v2", "compression", "zstd")),
        Arguments.of("nanoseconds of a Julian day", Map.of("timestamps", "INT96")),
        Arguments.of("milliseconds", Map.of("timestamps", "TIMESTAMP_MILLIS")),
        Arguments.of("nothing compressed", Map.of("compression", "none")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("writers")
  void findsTheRowsThatSparkFinds(String name, Map<String, String> options) throws IOException {
    List<FileStatus> files = write(data(), options);
    Dataset<Row> stored =
        lake.spark().read().schema(SCHEMA).parquet(files.get(0).getPath().toString());
    for (long[] keys :
        List.of(
            new long[] {-100, 0, 17, 17, 399},
            LongStream.range(-50, 60).toArray(),
            LongStream.range(1_000, 1_100).toArray())) {
      Object[] wanted = LongStream.of(keys).boxed().toArray();
      assertThat(keyed(files, keys(keys)).collectAsList())
          .containsExactlyElementsOf(stored.where(col("id").isin(wanted)).collectAsList());
    }
  }

  private Broadcast<KeySet> keys(long... keys) {
    return JavaSparkContext.fromSparkContext(lake.spark().sparkContext())
        .broadcast(new KeySet(keys));
  }

  private Dataset<Row> keyed(List<FileStatus> files, Broadcast<KeySet> keys) {
    KeyedColumns columns =
        new KeyedColumns("id", List.of(SCHEMA.fieldNames()).subList(1, 10), List.of());
    return KeyedRows.of(tables, files, SCHEMA, columns, keys);
  }

  @Test
  void tellsWhetherThereIsATextWithoutReadingIt() throws IOException {
    List<FileStatus> files = write(data(), Map.of());
    StructType schema =
        new StructType(
            new org.apache.spark.sql.types.StructField[] {
              SCHEMA.apply("id"), SCHEMA.apply("text"), SCHEMA.apply("name"), SCHEMA.apply("never")
            });
    KeyedColumns columns = new KeyedColumns("id", List.of(), List.of("text", "name", "never"));
    String[] asked = {"id", "text IS NULL", "name IS NULL", "never IS NULL"};
    assertThat(
            KeyedRows.of(tables, files, schema, columns, keys(new long[] {5, 6}))
                .selectExpr(asked)
                .collectAsList())
        .containsExactlyElementsOf(data().where("id IN (5, 6)").selectExpr(asked).collectAsList())
        .hasSizeGreaterThan(10);
  }

  @Test
  void columnsThatAFileLacksAreNull() throws IOException {
    List<FileStatus> files = write(data().select("id", "code"), Map.of());
    assertThat(keyed(files, keys(new long[] {5})).where("text IS NOT NULL OR flag").count())
        .isZero();
    assertThat(keyed(files, keys(new long[] {5})).count())
        .isEqualTo(data().where("id = 5").count())
        .isPositive();
    List<FileStatus> others = write(data().select("code"), Map.of("compression", "none"));
    assertThat(keyed(others, keys(new long[] {5})).count()).isZero();
  }

  @Test
  void aColumnOfAnotherTypeIsNamed() throws IOException {
    List<FileStatus> files = write(data().withColumn("text", col("share")), Map.of());
    assertThatThrownBy(() -> keyed(files, keys(new long[] {5})).count())
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(files.get(0).getPath().getName())
        .rootCause()
        .hasMessageContainingAll("text", "double", "string");
  }

  @Test
  void aSetHoldsItsNumbersAndNoOthers() {
    long[] keys =
        LongStream.concat(
                LongStream.of(0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0),
                LongStream.range(0, 3_000).map(i -> i * 1_000_003L))
            .toArray();
    KeySet set = new KeySet(keys);
    assertThat(LongStream.of(keys)).allMatch(set::contains);
    assertThat(LongStream.range(1, 100_000).map(i -> i * 31 + 1_000_000_000_000L))
        .noneMatch(set::contains);
    assertThat(new KeySet(new long[0]).contains(0)).isFalse();
  }
}
