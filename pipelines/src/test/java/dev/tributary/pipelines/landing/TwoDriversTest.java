package dev.tributary.pipelines.landing;

import static dev.tributary.pipelines.landing.StreamLab.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two that land at once: the same stream by accident, and different streams by design. */
class TwoDriversTest {
  @TempDir static Path directory;
  private static StreamLab lab;

  @BeforeAll
  static void start() throws Exception {
    lab = StreamLab.in(directory);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static Stream<String> views(long from, long until) {
    return LongStream.range(from, until)
        .mapToObj(n -> TroubledEvents.event(n, "View", "{\"page\": \"/" + n + "\"}"));
  }

  @Test
  void ofTwoThatLandOneBatchOneFailsAndItsRecordsStandOnce() throws Exception {
    Path lake = lab.lake("race");
    Dataset<Row> rows = topic("race", 0, 400);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(pool.submit(landing(lake, rows)));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> one : both) {
        outcomes.add(outcome(one));
      }
      // Either they met, or the slower one began after the faster had ended.
      assertThat(outcomes).contains("landed").allMatch(o -> o.matches("landed|.*lands the same.*"));
    } finally {
      pool.shutdownNow();
    }
    lab.rows(lake).assertEachRowOnce();
    assertThat(lab.rows(lake).count("silver/view_v1")).isEqualTo(400);
    assertThat(new LandedState(lake).manifests()).isEmpty();
  }

  @Test
  void oneThatIsLateByAWholeBatchFailsAndCommitsNothing() throws Exception {
    Path lake = lab.lake("late");
    Dataset<Row> rows = topic("late", 0, 300);
    BatchLander late = lander(lake);
    late.land(rows.limit(0), 0); // has read the ledger, and landed nothing
    lander(lake).land(rows, 0);
    lab.lab().schema("extra", "1-0-0", "\"x\": {\"type\": \"string\"}");

    assertThatThrownBy(() -> late.land(rows, 0)).hasMessageContaining("lands the same stream");

    lab.rows(lake).assertEachRowOnce();
    assertThat(lab.rows(lake).count("silver/view_v1")).isEqualTo(300);
    assertThat(new LandedState(lake).manifests()).isEmpty();
  }

  @Test
  void differentStreamsMakeAndFillTheSameTablesAtOnce() throws Exception {
    Path lake = lab.lake("shared");
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<Map<String, Object>>> streams = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String topic = "shared-" + i;
        lab.topic(topic, TroubledEvents.PARTITIONS);
        new TroubledEvents(i, Instant.now().minus(Duration.ofHours(1)))
            .send(lab.servers(), topic, 0, 1_500, false);
        streams.add(
            pool.submit(() -> lab.land(lake, topic, "name=" + topic, "max-records-per-batch=400")));
      }
      long accepted = 0;
      for (Future<Map<String, Object>> stream : streams) {
        accepted += number(stream.get(), "accepted");
      }
      assertThat(lab.rows(lake).count("silver/activity")).isEqualTo(accepted);
    } finally {
      pool.shutdownNow();
    }
    lab.rows(lake).assertEachRowOnce();
  }

  private static Dataset<Row> topic(String topic, long from, long until) {
    lab.topic(topic, 2);
    lab.send(topic, 0, views(from, until / 2));
    lab.send(topic, 1, views(until / 2, until));
    return lab.spark()
        .read()
        .format("kafka")
        .option("kafka.bootstrap.servers", lab.servers())
        .option("subscribe", topic)
        .option("includeHeaders", "true")
        .load()
        .select("topic", "partition", "offset", "timestamp", "value", "headers");
  }

  private static BatchLander lander(Path lake) throws Exception {
    LandingSettings settings =
        new LandingSettings(
            lake.toString(),
            "test",
            new LandingLimits(1 << 20, Instant.EPOCH, Duration.ofDays(1)),
            false,
            true,
            Duration.ofHours(1),
            1_000_000,
            Map.of("race", "id", "late", "id"));
    PlanSource plans =
        new PlanSource(List.of(lab.lab().registry()), lab.lab().plan(), refusal -> {});
    return new BatchLander(
        lab.spark(), settings, "landing-one", plans, report -> {}, Clock.systemUTC());
  }

  private static Callable<String> landing(Path lake, Dataset<Row> rows) throws Exception {
    BatchLander lander = lander(lake);
    return () -> {
      lander.land(rows, 0);
      return "landed";
    };
  }

  private static String outcome(Future<String> one) throws InterruptedException {
    try {
      return one.get();
    } catch (ExecutionException e) {
      return e.getCause().getMessage().lines().findFirst().orElse("");
    }
  }
}
