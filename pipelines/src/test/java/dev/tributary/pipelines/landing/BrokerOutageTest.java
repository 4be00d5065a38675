package dev.tributary.pipelines.landing;

import static dev.tributary.pipelines.landing.StreamLab.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.Main;
import dev.tributary.pipelines.broker.ChildBroker;
import dev.tributary.pipelines.broker.ChildJvm;
import dev.tributary.pipelines.broker.ShortLivedJvm;
import dev.tributary.pipelines.broker.Topics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are not there, go away and return; and a run that is asked to stop. */
class BrokerOutageTest {
  private static final String TOPIC = "outage";
  private static final int HEAP_MEGABYTES = 1024;

  /** Longer than a client's request takes to fail. */
  private static final Duration OUTAGE = Duration.ofSeconds(8);

  @TempDir Path directory;

  @Test
  void anUnreachableBrokerEndsTheRunWithItsAddressAndExitCodeFour() throws Exception {
    LandingLab lab = LandingLab.in(directory);
    List<String> output = new ArrayList<>();
    String nobody;
    try (Socket deaf = new Socket()) { // has a port and listens to nobody
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      nobody = "127.0.0.1:" + deaf.getLocalPort();
      try (ChildJvm run = main(lab.arguments(nobody, TOPIC))) {
        assertThat(run.drain(output::add)).isEqualTo(4);
      }
    }
    JsonNode closing = new ObjectMapper().readTree(output.get(output.size() - 1));
    assertThat(closing.path("exit_code").asInt()).isEqualTo(4);
    assertThat(Files.readString(directory.resolve("main.log"))).contains(nobody);
  }

  @Test
  void theStreamGoesOnWhenTheBrokerReturnsAndEndsInGoodOrderWhenAsked() throws Exception {
    LandingLab lab = LandingLab.in(directory);
    Path lake = directory.resolve("lake");
    TroubledEvents events = new TroubledEvents(3, Instant.now().minus(Duration.ofHours(1)));
    try (ChildBroker broker = ChildBroker.startTemporary()) {
      String servers = broker.bootstrapServers();
      new Topics(servers).create(TOPIC, TroubledEvents.PARTITIONS);
      events.send(servers, TOPIC, 0, 1_000, false);
      List<String> output = new ArrayList<>();
      try (ChildJvm run =
          main(lab.arguments(servers, TOPIC, "trigger=continuous", "interval=300ms"))) {
        awaitBatches(run, lake, 1);
        broker.kill();
        Thread.sleep(OUTAGE.toMillis());
        broker.start();
        int batches = batches(lake);
        events.send(servers, TOPIC, 1_000, 2_000, false);
        awaitBatches(run, lake, batches + 1);
        ProcessHandle.of(run.pid()).orElseThrow().destroy(); // SIGTERM
        assertThat(run.drain(output::add)).isEqualTo(143);
      }
      JsonNode closing = new ObjectMapper().readTree(output.get(output.size() - 1));
      assertThat(closing.path("balanced").asBoolean()).isTrue();
      assertThat(closing.path("status").asText()).isEqualTo("stopped");
      try (StreamLab reader = StreamLab.in(Files.createDirectories(directory.resolve("reader")))) {
        Map<String, Object> rest = reader.lab().land(reader.spark(), lake, servers, TOPIC).values();
        assertThat(number(rest, "recovered_batches")).isZero();
        LakeRows rows = reader.rows(lake);
        rows.assertEachRowOnce();
        assertThat(rows.ledger().get(0)).isEqualTo(2_000);
      }
    }
  }

  private ChildJvm main(List<String> arguments) throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--lake", directory.resolve("lake").toString(), "run", "landing"));
    all.addAll(arguments);
    return ChildJvm.start(
        "tributary run landing",
        Main.class,
        HEAP_MEGABYTES,
        ShortLivedJvm.options(directory),
        all,
        directory.resolve("main.log"));
  }

  private static int batches(Path lake) {
    String[] done =
        lake.resolve("_checkpoints/landing/commits")
            .toFile()
            .list((folder, name) -> name.matches("[0-9]+"));
    return done == null ? 0 : done.length;
  }

  private static void awaitBatches(ChildJvm run, Path lake, int wanted) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (batches(lake) < wanted) {
      assertThat(run.isAlive()).as("the run").isTrue();
      assertThat(System.nanoTime()).as("time for batch " + wanted).isLessThan(deadline);
      Thread.sleep(100);
    }
  }
}
