package dev.tributary.pipelines.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
  void takesTheVeryFirstRequestToATopicThatItHasCreated() throws Exception {
    int partitions = 32;
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "enable.idempotence",
                    false,
                    "retries",
                    0),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      for (int n = 0; n < 20; n++) {
        String topic = "new-" + n;
        new Topics(broker.bootstrapServers()).create(topic, partitions);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
          sent.add(producer.send(new ProducerRecord<>(topic, partition, null, new byte[1])));
        }
        for (Future<RecordMetadata> one : sent) {
          assertThat(one.get().offset()).isZero();
        }
      }
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
