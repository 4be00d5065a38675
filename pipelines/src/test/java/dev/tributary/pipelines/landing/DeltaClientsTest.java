package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.Scan;
import io.delta.kernel.Table;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.AlwaysTrue;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that landing created, committed to and evolved, as Delta's clients see them. */
class DeltaClientsTest {
  @TempDir static Path directory;
  private static StreamLab lab;
  private static Path lake;

  @BeforeAll
  static void start() throws Exception {
    lab = StreamLab.in(directory);
    lake = lab.lake("a lake");
    lab.topic("clients", TroubledEvents.PARTITIONS);
    TroubledEvents events = new TroubledEvents(11, Instant.now().minus(Duration.ofHours(1)));
    events.send(lab.servers(), "clients", 0, 2_000, false);
    lab.land(lake, "clients", "max-records-per-batch=1000");
    lab.lab().addOrderVersion();
    events.send(lab.servers(), "clients", 2_000, 4_000, true);
    lab.land(lake, "clients", "max-records-per-batch=1000");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void theStatisticsInTheLogBoundTheRowsOfEveryFile() throws Exception {
    int compared = 0;
    for (String table : List.of("silver/order_v1", "silver/activity", "bronze/rejected")) {
      for (Path log : StreamLab.files(lake.resolve(table).resolve("_delta_log"), ".json")) {
        for (String line : Files.readAllLines(log)) {
          JsonNode add = new ObjectMapper().readTree(line).path("add");
          if (!add.isMissingNode()) {
            compared += compare(table, add);
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  /** Holds each bound of one file against its rows; how many there were. */
  private static int compare(String table, JsonNode add) throws Exception {
    String path = new java.net.URI(add.get("path").textValue()).getPath();
    assertThat(path).as("a path within its table").doesNotStartWith("/").doesNotContain(":");
    JsonNode stats = new ObjectMapper().readTree(add.get("stats").textValue());
    Dataset<org.apache.spark.sql.Row> rows =
        lab.spark().read().parquet(lake.resolve(table).resolve(path).toString());
    assertThat(rows.count()).as(path).isEqualTo(stats.get("numRecords").longValue());
    int bounds = 0;
    for (Map.Entry<String, JsonNode> least : stats.get("minValues").properties()) {
      String column = least.getKey();
      String type = rows.schema().apply(column).dataType().sql();
      String low = literal(type, least.getValue());
      String high = literal(type, stats.get("maxValues").get(column));
      long outside =
          rows.where("`%s` < %s OR `%s` > %s".formatted(column, low, column, high)).count();
      assertThat(outside).as(path + " " + column + " in " + low + " to " + high).isZero();
      bounds++;
    }
    for (Map.Entry<String, JsonNode> nulls : stats.get("nullCount").properties()) {
      assertThat(rows.where(functions.col(nulls.getKey()).isNull()).count())
          .as(path + " nulls of " + nulls.getKey())
          .isEqualTo(nulls.getValue().longValue());
    }
    return bounds;
  }

  private static String literal(String type, JsonNode value) {
    return "CAST('" + value.asText().replace("'", "\\'") + "' AS " + type + ")";
  }

  @Test
  void deltaKernelReadsWhatSparkReads() throws Exception {
    for (String table : lab.rows(lake).tables()) {
      assertThat(kernelRows(table, AlwaysTrue.ALWAYS_TRUE)).isEqualTo(lab.rows(lake).count(table));
    }
    Predicate day =
        new Predicate(
            "=", new io.delta.kernel.expressions.Column("event_date"), Literal.ofDate(20_513));
    assertThat(kernelRows("silver/order_v1", day))
        .isEqualTo(lab.rows(lake).count("silver/order_v1", "event_date = DATE'2026-03-01'"));
  }

  /** Rows of the files that Kernel would read for a predicate, by the log's own counts. */
  private static long kernelRows(String table, Predicate predicate) throws Exception {
    Engine engine = DefaultEngine.create(new Configuration());
    Scan scan =
        Table.forPath(engine, lake.resolve(table).toString())
            .getLatestSnapshot(engine)
            .getScanBuilder()
            .withFilter(predicate)
            .build();
    long rows = 0;
    Row state = scan.getScanState(engine);
    var schema =
        io.delta.kernel.internal.data.ScanStateRow.getPhysicalDataReadSchema(engine, state);
    try (var batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (var files = batches.next().getRows()) {
          while (files.hasNext()) {
            Row file = files.next();
            var status = io.delta.kernel.internal.InternalScanFileUtils.getAddFileStatus(file);
            try (var read =
                engine
                    .getParquetHandler()
                    .readParquetFiles(
                        io.delta.kernel.internal.util.Utils.singletonCloseableIterator(status),
                        schema,
                        java.util.Optional.empty())) {
              while (read.hasNext()) {
                rows += read.next().getSize();
              }
            }
          }
        }
      }
    }
    return rows;
  }

  @Test
  void deltasOwnCommandsWorkOnThem() throws Exception {
    Path copy = lab.lake("for commands");
    StreamLab.copy(lake, copy);
    String table = "delta.`" + copy.resolve("silver/order_v1") + "`";
    var spark = lab.spark();
    long rows = spark.sql("SELECT * FROM " + table).count();

    assertThat(spark.sql("DESCRIBE HISTORY " + table).count()).isGreaterThan(4);
    assertThat(spark.sql("SELECT * FROM " + table + " VERSION AS OF 1").columns())
        .doesNotContain("coupon");
    spark.sql("OPTIMIZE " + table);
    assertThat(spark.sql("SELECT * FROM " + table).count()).isEqualTo(rows);
    spark.sql(
        "MERGE INTO "
            + table
            + " t USING (SELECT 'm-5' AS id) s ON t.message_id = s.id"
            + " WHEN MATCHED THEN UPDATE SET coupon = 'merged'");
    spark.sql("DELETE FROM " + table + " WHERE user_id = 'u7'");
    assertThat(spark.sql("SELECT * FROM " + table).count()).isBetween(rows - 50, rows - 1);
    spark.sql("VACUUM " + table + " DRY RUN");

    long before = lab.rows(copy).count("silver/order_v1");
    new TroubledEvents(12, Instant.now())
        .send(lab.servers(), "clients", 1_000_000, 1_001_000, true);
    lab.land(copy, "clients");
    assertThat(lab.rows(copy).count("silver/order_v1")).isGreaterThan(before);
  }
}
