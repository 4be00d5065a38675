package dev.tributary.pipelines.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @Test
  void createsATopicOnceAndTellsItsPartitions() {
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
      Topics topics = new Topics(broker.bootstrapServers());
      assertThat(topics.create("events", 4)).isTrue();
      assertThat(topics.create("events", 4)).isFalse();
      assertThat(topics.partitions("events")).contains(4);
      assertThat(topics.partitions("absent")).isEmpty();
      assertThat(topics.endOffsets("events")).hasSize(4).containsValue(0L);
    }
  }

  @Test
  void keepsItsRecordsAndItsAddressOverARestart(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.onFreePort(directory))) {
      String address = broker.bootstrapServers();
      new Topics(address).create("events", 1);
      TopicProbe.send(address, "events", "before");
      broker.stop();
      broker.start();
      TopicProbe.send(address, "events", "after");
      assertThat(TopicProbe.read(address, "events")).containsExactly("before", "after");
    }
    assertThat(directory).isNotEmptyDirectory();
  }

  @Test
  void deletesItsDataWhenTheyAreTemporary() {
    EmbeddedBroker broker = EmbeddedBroker.startTemporary();
    Path directory = broker.config().dataDirectory();
    assertThat(Files.exists(directory)).isTrue();
    broker.close();
    assertThat(Files.exists(directory)).isFalse();
  }

  @Test
  void namesTheAddressAndTheDirectoryWhenThePortIsTaken(@TempDir Path directory) {
    try (EmbeddedBroker first = EmbeddedBroker.startTemporary()) {
      BrokerConfig taken = BrokerConfig.onPort(directory, first.config().port());
      assertThatThrownBy(() -> EmbeddedBroker.start(taken))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining(first.bootstrapServers())
          .hasMessageContaining(directory.toString());
    }
  }
}
