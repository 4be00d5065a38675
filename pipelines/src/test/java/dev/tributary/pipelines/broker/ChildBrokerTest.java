package dev.tributary.pipelines.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildBrokerTest {

  @Test
  void comesBackOnItsAddressWithItsRecordsAfterKillMinusNine() throws Exception {
    try (ChildBroker broker = ChildBroker.startTemporary()) {
      String address = broker.bootstrapServers();
      new Topics(address).create("events", 1);
      TopicProbe.send(address, "events", "before");
      broker.kill();
      assertThat(broker.isAlive()).isFalse();
      broker.start();
      TopicProbe.send(address, "events", "after");
      assertThat(TopicProbe.read(address, "events")).containsExactly("before", "after");
    }
  }

  @Test
  void dataSurviveACleanStopInsideAGivenDirectory(@TempDir Path directory) throws Exception {
    BrokerConfig config = BrokerConfig.onFreePort(directory);
    try (ChildBroker broker = ChildBroker.start(config)) {
      new Topics(broker.bootstrapServers()).create("events", 1);
      TopicProbe.send(broker.bootstrapServers(), "events", "kept");
    }
    try (ChildBroker broker = ChildBroker.start(config)) {
      assertThat(TopicProbe.read(broker.bootstrapServers(), "events")).containsExactly("kept");
    }
  }

  @Test
  void aChildThatCannotStartIsReportedWithItsExitCodeAndLog(@TempDir Path directory) {
    Path log = directory.resolve("child.log");
    try (ChildJvm child =
        ChildJvm.start("The probe", ChildBroker.class, 64, List.of(), List.of("one"), log)) {
      assertThatThrownBy(() -> child.awaitLine("READY", Duration.ofMinutes(3)))
          .hasMessageContaining("exit code 2")
          .hasMessageContaining(log.toString());
    }
  }
}
