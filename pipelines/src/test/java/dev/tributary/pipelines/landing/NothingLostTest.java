package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.demo.Delivery;
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
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
  private static long unique;

  @BeforeAll
  static void land() throws Exception {
    broker = EmbeddedBroker.startTemporary();
    spark = LakeSession.on(Lake.at(directory.resolve("landed"))).open();
    new Topics(broker.bootstrapServers()).create("shop", 4);
    new Topics(broker.bootstrapServers()).create("mirror", 2);
    new Topics(broker.bootstrapServers()).create("few", 4);
    Shop shop = new Shop(SHOP);
    try (DeliveryProducer producer = new DeliveryProducer(broker.bootstrapServers(), "shop");
        DeliveryProducer mirror = new DeliveryProducer(broker.bootstrapServers(), "mirror");
        DeliveryProducer few = new DeliveryProducer(broker.bootstrapServers(), "few")) {
      producer.sendAll(shop, n -> {});
      mirror.send(fewKinds(), SENT_TWICE, n -> {});
      few.sendAll(fewKinds(), n -> {});
    }
    truth = shop.truth();
    landed = lake("the landed lake");
    landed.land("few", "dedup.enabled=false", "max-records-per-batch=600");
    landed.land("mirror");
    assertThat(landed.tables().typed())
        .containsExactly("silver.email_opened_v1", "silver.product_added_v1");
    unique = landed.read("silver.activity").select("message_id").distinct().count();
  }

  /** The shop's events of two kinds only, so that there are two typed tables, and broken ones. */
  private static Iterator<Delivery> fewKinds() {
    Iterable<Delivery> all = () -> new Shop(SHOP);
    return StreamSupport.stream(all.spliterator(), false).filter(NothingLostTest::isFew).iterator();
  }

  private static boolean isFew(Delivery delivery) {
    return delivery.kind() == Delivery.Kind.BROKEN
        || delivery.label().equals("Product Added")
        || delivery.label().equals("Email Opened");
  }

  private static LandedLake lake(String name) {
    return new LandedLake(directory.resolve(name), spark, broker.bootstrapServers(), SCHEMAS, PLAN);
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
  void repairLeavesEveryEventOfTheShopOnce() throws Exception {
    LandedLake lake = lake("shop");
    lake.land("shop", "max-records-per-batch=12000");
    assertThat(lake.check("kafka.bootstrap.servers=" + lake.broker()))
        .containsEntry("failed_checks", 0L)
        .containsEntry("repeated_message_ids", truth.crossPartitionCopies())
        .containsEntry("broker_records_to_come", 0L);

    Map<String, Object> repaired = lake.repair();

    assertThat(repaired)
        .containsEntry("removed_by_kind", Map.of("other_partition", truth.crossPartitionCopies()));
    assertThat(lake.read("silver.activity").count()).isEqualTo(truth.uniqueValid());
    assertThat(lake.check("strict=true"))
        .containsEntry("failed_checks", 0L)
        .containsEntry("typed_rows", truth.uniqueValid());
  }

  @Test
  void theCheckPassesBeforeTheRepairAndAfterIt() throws Exception {
    LandedLake lake = copy("repaired");
    assertThat(lake.check()).containsEntry("failed_checks", 0L).containsEntry("warnings", 1L);
    long before = lake.read("silver.activity").count();

    Map<String, Object> repaired = lake.repair();

    assertThat(repaired).containsEntry("duplicates_found", before - unique);
    assertThat(((Map<?, ?>) repaired.get("removed_by_kind")).keySet().toString())
        .isEqualTo("[beyond_horizon, other_source]");
    assertThat(lake.read("silver.activity").count()).isEqualTo(unique);
    assertThat(lake.read("bronze.duplicates").count()).isEqualTo(before - unique);
    assertThat(lake.check("strict=true")).containsEntry("failed_checks", 0L);
    assertThat(lake.repair()).containsEntry("duplicates_found", 0L);
    assertThat(lake.repair("scope=all")).containsEntry("duplicates_found", 0L);
  }

  @Test
  void aSecondRepairFindsWhatLandedSinceTheFirst() throws Exception {
    LandedLake lake = copy("later");
    lake.repair();
    new Topics(broker.bootstrapServers()).create("late", 1);
    try (DeliveryProducer late = new DeliveryProducer(broker.bootstrapServers(), "late")) {
      late.send(fewKinds(), SENT_TWICE, n -> {});
    }
    Map<String, Object> landedLate = lake.land("late");

    Map<String, Object> repaired = lake.repair();

    assertThat(repaired.get("duplicates_found")).isEqualTo(landedLate.get("accepted"));
    assertThat(lake.read("silver.activity").count()).isEqualTo(unique);
    assertThat(lake.check("strict=true").get("failed_checks")).isEqualTo(0L);
  }

  @Test
  void whatARepairLeftIsKnownToAStreamThatStartsAgain() throws Exception {
    LandedLake lake = lake("resumed");
    new Topics(broker.bootstrapServers()).create("resumed", 1);
    try (DeliveryProducer producer = new DeliveryProducer(broker.bootstrapServers(), "resumed")) {
      producer.send(fewKinds(), SENT_TWICE, n -> {});
      lake.land("resumed", "dedup.horizon=365d");
      lake.land("mirror");
      lake.repair();
      long once = lake.read("silver.activity").count();
      producer.send(fewKinds(), SENT_TWICE, n -> {});

      Map<String, Object> again = lake.land("resumed", "dedup.horizon=365d");

      assertThat(again).containsEntry("accepted", 0L);
      assertThat(lake.read("silver.activity").count()).isEqualTo(once);
      assertThat(lake.check("strict=true")).containsEntry("failed_checks", 0L);
    }
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
          repair.removeFrom("product_added_v1");
        }
        if (steps > 2) {
          for (String table : tables.typed()) {
            repair.removeFrom(table.substring("silver.".length()));
          }
        }
      }
      if (steps == 2) {
        assertThat(lake.check())
            .containsEntry("failed_checks", 0L)
            .hasEntrySatisfying("unfinished_repairs", n -> assertThat((Long) n).isPositive());
      }

      lake.repair();

      assertThat(lake.events()).as("after step %s", steps).isEqualTo(undisturbed.events());
      assertThat(lake.read("bronze.duplicates").count())
          .isEqualTo(undisturbed.read("bronze.duplicates").count());
    }
  }

  @Test
  void aTopicMadeAgainWithTheSameEventsLeavesEachOnce() throws Exception {
    LandedLake lake = lake("again");
    Topics topics = new Topics(broker.bootstrapServers());
    for (int life = 0; life < 2; life++) {
      topics.create("again", 1);
      try (DeliveryProducer producer = new DeliveryProducer(broker.bootstrapServers(), "again")) {
        producer.send(fewKinds(), SENT_TWICE, n -> {});
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
    removeFirstRow(lake, "silver.product_added_v1");
    assertFails(lake, "typed_tables_differ");
  }

  @Test
  void theCheckFailsWhenTheTimelineLostARow() throws Exception {
    LandedLake lake = copy("timeline");
    removeFirstRow(lake, "silver.activity");
    assertFails(lake, "timeline_differs");
  }

  private static void removeFirstRow(LandedLake lake, String table) {
    String partition = "landed_from = 'few' AND landed_partition = 1";
    Object first = lake.read(table).where(partition).selectExpr("min(landed_offset)").head().get(0);
    lake.tamper("DELETE FROM %s WHERE " + partition + " AND landed_offset = " + first, table);
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
    assertFails(range, "unknown_batches", "offset_gaps");
  }

  private static void assertFails(LandedLake lake, String... findings) {
    JobException failed = catchThrowableOfType(JobException.class, lake::check);
    assertThat(failed).as("the check passed").isNotNull();
    assertThat(failed.exitCode()).isEqualTo(ExitCode.EXPECTATION_FAILED);
    for (String finding : findings) {
      assertThat((Long) failed.details().get(finding)).as("%s", failed.details()).isPositive();
    }
  }

  @Test
  void theCheckPassesWhileAStreamLands() throws Exception {
    LandedLake lake = lake("live");
    lake.land("mirror"); // so that there is something to check from the first moment on
    FutureTask<Void> landing =
        new FutureTask<>(
            () -> {
              lake.land("few", "max-records-per-batch=300");
              return null;
            });
    new Thread(landing, "landing").start();
    do {
      assertThat(lake.check().get("failed_checks")).isEqualTo(0L);
    } while (!landing.isDone());
    landing.get();
  }
}
