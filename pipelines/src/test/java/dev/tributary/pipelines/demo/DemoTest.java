package dev.tributary.pipelines.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.broker.BrokerConfig;
import dev.tributary.pipelines.broker.ChildBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.pipelines.job.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The demo, small: broken off, taken up again, and run once more. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoTest {
  private static final ShopConfig SHOP = ShopConfig.demo(3_000);
  private static final int BROKEN_OFF_AFTER = 700;

  @TempDir static Path directory;
  private static Map<String, Object> first;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  @AfterAll
  static void stop() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
  }

  @Test
  @Order(1)
  void goesOnWhereAnEarlierRunBrokeOffAndHoldsEveryFigureAgainstTheTruth() throws Exception {
    DemoHome home = DemoHome.at(directory);
    try (ChildBroker broker = ChildBroker.start(BrokerConfig.onFreePort(home.brokerData()))) {
      new Topics(broker.bootstrapServers()).create(ShopDemo.TOPIC, DemoSession.PARTITIONS);
      try (var producer = new DeliveryProducer(broker.bootstrapServers(), ShopDemo.TOPIC)) {
        producer.send(new Shop(SHOP), BROKEN_OFF_AFTER, sent -> {});
      }
    }

    first = demo(SHOP, true);

    System.out.println(text.toString(StandardCharsets.UTF_8));
    assertThat(reused(first)).containsEntry("events_in_topic", (long) BROKEN_OFF_AFTER);
    assertThat(first).containsEntry("holds", true).containsEntry("schema_placed_half_way", true);
    assertThat(first.get("registry_states")).isEqualTo(2L);
    assertThat(first.get("columns_added"))
        .isEqualTo(List.of("estimated_delivery", "gift_wrap", "shipping_method"));
    assertThat(text.toString(StandardCharsets.UTF_8))
        .contains("✔ duplicates dropped as they came", "5. Which sources send late", "Try next:")
        .contains("demo-identities", "1 run is known, too little to choose by")
        .doesNotContain("✘");
  }

  @Test
  @Order(2)
  void aSecondRunReusesAllOfItAndFindsTheSame() throws Exception {
    Map<String, Object> second = demo(SHOP, false);

    assertThat(text.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(reused(second))
        .containsEntry("events_in_topic", first.get("events"))
        .containsEntry("records_landed", first.get("events"));
    assertThat(second).containsEntry("schema_placed_half_way", false);
    for (String same : List.of("events", "accepted", "rejected", "duplicates", "checks")) {
      assertThat(second.get(same)).as(same).isEqualTo(first.get(same));
    }
    assertThat((List<?>) second.get("answers")).hasSize(6);
  }

  @Test
  @Order(3)
  void anotherShopInTheSameDirectoryIsRefused() {
    assertThatThrownBy(() -> demo(ShopConfig.demo(4_000), false))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("events=3000")
        .hasMessageContaining("events=4000")
        .hasMessageContaining("--directory");
  }

  private Map<String, Object> demo(ShopConfig config, boolean isShown) throws Exception {
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    DemoScreen screen = new DemoScreen(out, 0, isShown);
    return new ShopDemo(DemoHome.at(directory), config, Progress.silent(), screen).run();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> reused(Map<String, Object> report) {
    return (Map<String, Object>) report.get("reused");
  }
}
