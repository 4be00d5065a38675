package dev.tributary.pipelines.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadProcessTest {
  private static final Duration SLOWEST = Duration.ofMinutes(5);

  private static EmbeddedBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.startTemporary();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aBulkLoadArrivesWholeAndSpreadOverThePartitions() {
    Topics topics = new Topics(broker.bootstrapServers());
    topics.create("bulk", 4);
    LoadConfig config = LoadConfig.bulk(broker.bootstrapServers(), "bulk", 1, 100_000);
    try (LoadProcess process = LoadProcess.start(config, directory.resolve("load.log"))) {
      LoadReport report = process.await(SLOWEST);
      assertThat(report.sent()).isEqualTo(100_000);
      assertThat(report.duplicates()).isBetween(900L, 1_100L);
    }
    assertThat(topics.endOffsets("bulk").values())
        .allMatch(end -> end > 20_000)
        .satisfies(ends -> assertThat(ends.stream().mapToLong(e -> e).sum()).isEqualTo(100_000));
  }

  @Test
  void aScheduleIsKept() {
    new Topics(broker.bootstrapServers()).create("scheduled", 4);
    List<LoadPhase> phases = LoadPhase.parse("500x1s,5000x1s");
    LoadConfig config = LoadConfig.scheduled(broker.bootstrapServers(), "scheduled", 1, phases);
    try (LoadProcess process = LoadProcess.start(config, directory.resolve("load.log"))) {
      assertThat(process.awaitPhase(SLOWEST)).isEqualTo(phases.get(0));
      assertThat(process.awaitPhase(SLOWEST)).isEqualTo(phases.get(1));
      LoadReport report = process.await(SLOWEST);
      assertThat(report.sent()).isEqualTo(5_500);
      assertThat(report.seconds()).isGreaterThan(1.9);
    }
  }
}
