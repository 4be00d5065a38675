package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.demo.DeliveryProducer;
import dev.tributary.pipelines.demo.Shop;
import dev.tributary.pipelines.demo.ShopConfig;
import dev.tributary.pipelines.demo.ShopTruth;
import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Check and repair over a landed shop, part of which came over a second topic, too. */
class NothingLostTest {
  private static final Path SCHEMAS = Path.of("../lakehouse-schemas/src/main/resources/schemas");
  private static final Path PLAN =
      Path.of("../lakehouse-schemas/src/main/resources/plans/shop.yaml");
  private static final ShopConfig SHOP = ShopConfig.ofSize(7, 20_000);
  private static final int SENT_TWICE = 300;

  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static SparkSession spark;
  private static LandedLake landed;
  private static ShopTruth truth;

  @BeforeAll
  static void land() throws Exception {
    broker = EmbeddedBroker.startTemporary();
    spark = LakeSession.on(Lake.at(directory.resolve("landed"))).open();
    new Topics(broker.bootstrapServers()).create("shop", 4);
    new Topics(broker.bootstrapServers()).create("mirror", 2);
    Shop shop = new Shop(SHOP);
    try (DeliveryProducer producer = new DeliveryProducer(broker.bootstrapServers(), "shop");
        DeliveryProducer mirror = new DeliveryProducer(broker.bootstrapServers(), "mirror")) {
      producer.sendAll(shop, n -> {});
      mirror.send(new Shop(SHOP), SENT_TWICE, n -> {});
    }
    truth = shop.truth();
    landed =
        new LandedLake(
            directory.resolve("landed"), spark, broker.bootstrapServers(), SCHEMAS, PLAN);
    landed.land("shop", "dedup.horizon=1m", "max-records-per-batch=8000");
    landed.land("mirror");
  }

  @AfterAll
  static void stop() {
    spark.stop();
    broker.close();
  }

  private static LandedLake copy(String name) throws Exception {
    return landed.copyTo(directory.resolve(name));
  }

  @Test
  void repairLeavesEachEventOnceAndTheCheckPassesBeforeAndAfter() throws Exception {
    LandedLake lake = copy("repaired");
    Map<String, Object> before = lake.check("kafka.bootstrap.servers=" + lake.broker());
    assertThat(before.get("failed_checks")).isEqualTo(0L);
    assertThat((Long) before.get("repeated_message_ids")).isPositive();
    assertThat(before.get("broker_records_to_come")).isEqualTo(0L);

    Map<String, Object> repaired = lake.repair();
    System.out.println(before + "\n" + repaired);

    assertThat(lake.read("silver.activity").count()).isEqualTo(truth.uniqueValid());
    assertThat(lake.read("silver.activity").select("message_id").distinct().count())
        .isEqualTo(truth.uniqueValid());
    assertThat(lake.read("bronze.duplicates").count()).isEqualTo(repaired.get("duplicates_found"));
    assertThat(((Map<?, ?>) repaired.get("removed_by_kind")).keySet().toString())
        .isEqualTo("[beyond_horizon, other_partition, other_source]");
    assertThat(lake.check("strict=true").get("failed_checks")).isEqualTo(0L);

    assertThat(lake.repair().get("duplicates_found")).isEqualTo(0L);
    assertThat(lake.repair("scope=all").get("duplicates_found")).isEqualTo(0L);
  }

  @Test
  void aSecondRepairFindsWhatLandedSinceTheFirst() throws Exception {
    LandedLake lake = copy("later");
    lake.repair();
    new Topics(broker.bootstrapServers()).create("late", 1);
    try (DeliveryProducer late = new DeliveryProducer(broker.bootstrapServers(), "late")) {
      late.send(new Shop(SHOP), SENT_TWICE, n -> {});
    }
    Map<String, Object> landedLate = lake.land("late");

    Map<String, Object> repaired = lake.repair();

    assertThat(repaired.get("duplicates_found")).isEqualTo(landedLate.get("accepted"));
    assertThat(lake.read("silver.activity").count()).isEqualTo(truth.uniqueValid());
    assertThat(lake.check("strict=true").get("failed_checks")).isEqualTo(0L);
  }

  @Test
  void aRepairKilledAfterAnyStepIsFinishedByTheNext() throws Exception {
    LandedLake undisturbed = copy("undisturbed");
    undisturbed.repair();
    for (int steps = 1; steps <= 3; steps++) {
      LandedLake lake = copy("killed-" + steps);
      LandedTables tables = lake.tables();
      long version = tables.version("silver.activity");
      try (DuplicateRepair repair =
          DuplicateRepair.find(tables, tables.at("silver.activity", version), null)) {
        repair.record(Instant.EPOCH);
        if (steps > 1) {
          repair.removeFrom("product_viewed_v1");
        }
        if (steps > 2) {
          for (String table : tables.typed()) {
            repair.removeFrom(table.substring("silver.".length()));
          }
        }
      }
      Map<String, Object> between = lake.check();
      assertThat(between.get("failed_checks")).as("after step %s", steps).isEqualTo(0L);
      assertThat((Long) between.get("unfinished_repairs")).isPositive();

      lake.repair();

      assertThat(lake.events()).as("after step %s", steps).isEqualTo(undisturbed.events());
      assertThat(lake.read("bronze.duplicates").count())
          .isEqualTo(undisturbed.read("bronze.duplicates").count());
      assertThat(lake.check("strict=true").get("failed_checks")).isEqualTo(0L);
    }
  }

  @Test
  void aTopicMadeAgainWithTheSameEventsLeavesEachOnce() throws Exception {
    LandedLake lake =
        new LandedLake(directory.resolve("again"), spark, landed.broker(), SCHEMAS, PLAN);
    Topics topics = new Topics(broker.bootstrapServers());
    for (int life = 0; life < 2; life++) {
      topics.create("again", 1);
      try (DeliveryProducer producer = new DeliveryProducer(broker.bootstrapServers(), "again")) {
        producer.send(new Shop(SHOP), SENT_TWICE, n -> {});
      }
      lake.land("again", "checkpoint=" + directory.resolve("again-" + life));
      topics.delete("again");
    }
    long twice = lake.read("silver.activity").count();

    Map<String, Object> repaired = lake.repair();

    assertThat(repaired.get("removed_by_kind")).isEqualTo(Map.of("landed_again", twice / 2));
    assertThat(lake.read("silver.activity").count()).isEqualTo(twice / 2);
    assertThat(lake.check("strict=true").get("failed_checks")).isEqualTo(0L);
  }

  @Test
  void theCheckFailsWhenATypedTableLostARow() throws Exception {
    LandedLake lake = copy("typed");
    lake.tamper(
        "DELETE FROM %s WHERE landed_from = 'shop' AND landed_partition = 1 AND landed_offset ="
            + " (SELECT min(landed_offset) FROM delta.`"
            + lake.path("silver.product_viewed_v1")
            + "` WHERE landed_from = 'shop' AND landed_partition = 1)",
        "silver.product_viewed_v1");
    assertFails(lake, "typed_tables_differ");
  }

  @Test
  void theCheckFailsWhenTheTimelineLostARow() throws Exception {
    LandedLake lake = copy("timeline");
    lake.tamper(
        "DELETE FROM %s WHERE landed_from = 'shop' AND landed_partition = 1 AND landed_offset = 9",
        "silver.activity");
    assertFails(lake, "timeline_differs");
  }

  @Test
  void theCheckFailsWhenAFileOfTheRefusedIsGone() throws Exception {
    LandedLake lake = copy("refused");
    try (Stream<Path> files = Files.walk(lake.path("bronze.rejected"))) {
      Files.delete(files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    assertFails(lake, "rejected_differs");
  }

  @Test
  void theCheckFailsWhenTheLedgerIsForged() throws Exception {
    LandedLake count = copy("forged");
    count.tamper(
        "UPDATE %s SET accepted = accepted + 1, events = events + 1 WHERE batch = 1",
        "ops.landing_batches");
    assertFails(count, "timeline_differs");

    LandedLake range = copy("gap");
    range.tamper("DELETE FROM %s WHERE batch = 1 AND landed_partition = 2", "ops.landing_batches");
    assertFails(range, "unknown_batches");
    assertFails(range, "offset_gaps");
  }

  private static void assertFails(LandedLake lake, String finding) {
    JobException failed = catchThrowableOfType(JobException.class, lake::check);
    assertThat(failed).as("the check passed").isNotNull();
    assertThat(failed.exitCode()).isEqualTo(ExitCode.EXPECTATION_FAILED);
    assertThat((Long) failed.details().get(finding)).as("%s", failed.details()).isPositive();
  }

  @Test
  void theCheckPassesWhileAStreamLands() throws Exception {
    LandedLake lake =
        new LandedLake(directory.resolve("live"), spark, landed.broker(), SCHEMAS, PLAN);
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread landing =
        new Thread(
            () -> {
              try {
                lake.land("shop", "max-records-per-batch=2000");
              } catch (Exception e) {
                failure.set(e);
              }
              done.set(true);
            });
    landing.start();
    int checks = 0;
    while (!done.get()) {
      if (Files.exists(lake.path("ops.landing_batches").resolve("_delta_log"))) {
        assertThat(lake.check().get("failed_checks")).isEqualTo(0L);
        checks++;
      }
      Thread.sleep(20);
    }
    landing.join();
    assertThat(failure.get()).isNull();
    assertThat(checks).isPositive();
  }
}
