package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.demo.DeliveryProducer;
import dev.tributary.pipelines.demo.Shop;
import dev.tributary.pipelines.demo.ShopConfig;
import dev.tributary.pipelines.demo.ShopTruth;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingJobTest {
  private static final Path SCHEMAS = Path.of("../lakehouse-schemas/src/main/resources/schemas");
  private static final Path PLAN =
      Path.of("../lakehouse-schemas/src/main/resources/plans/shop.yaml");

  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary();
    spark = LakeSession.on(Lake.at(directory.resolve("lake"))).open();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    broker.close();
  }

  @Test
  void landsTheShopsEventsOnce() throws Exception {
    new Topics(broker.bootstrapServers()).create("shop", 4);
    Shop shop = new Shop(ShopConfig.ofSize(7, 20_000));
    try (DeliveryProducer producer = new DeliveryProducer(broker.bootstrapServers(), "shop")) {
      producer.sendAll(shop, n -> {});
    }
    ShopTruth truth = shop.truth();

    JobResult result = land("shop");
    System.out.println(result.values());
    System.out.println(truth);

    assertThat(result.values().get("events")).isEqualTo(truth.produced());
    assertThat(result.values().get("rejected")).isEqualTo(truth.broken());
    assertThat(result.values().get("duplicates")).isEqualTo(truth.duplicates());
    assertThat(spark.sql("SELECT * FROM silver.activity").count())
        .isEqualTo(truth.uniqueValid() + truth.crossPartitionCopies());
    assertThat(land("shop").values().get("records")).isEqualTo(0L);
  }

  private static JobResult land(String topic) throws Exception {
    LandingConfig config =
        ConfigBinder.bind(
            LandingConfig.class,
            "topics=" + topic,
            "kafka.bootstrap.servers=" + broker.bootstrapServers(),
            "schemas=" + SCHEMAS,
            "plan=" + PLAN,
            "max-records-per-batch=8000");
    return new LandingJob().run(JobContext.of(directory.resolve("lake").toString(), spark), config);
  }
}
