package dev.tributary.pipelines.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to and reads from a topic with plain Kafka clients. */
public final class TopicProbe {

  private TopicProbe() {}

  static void send(String bootstrapServers, String topic, String value)
      throws ExecutionException, InterruptedException {
    Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  static List<String> read(String bootstrapServers, String topic) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      drain(bootstrapServers, topic, consumer).forEach(record -> values.add(record.value()));
    }
    return values;
  }

  /** All records of a topic as bytes. */
  public static List<ConsumerRecord<byte[], byte[]>> readBytes(
      String bootstrapServers, String topic) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return drain(bootstrapServers, topic, consumer);
    }
  }

  private static <T> List<ConsumerRecord<T, T>> drain(
      String bootstrapServers, String topic, KafkaConsumer<T, T> consumer) {
    Map<Integer, Long> ends = new Topics(bootstrapServers).endOffsets(topic);
    long expected = ends.values().stream().mapToLong(Long::longValue).sum();
    consumer.assign(
        ends.keySet().stream().map(partition -> new TopicPartition(topic, partition)).toList());
    List<ConsumerRecord<T, T>> records = new ArrayList<>();
    while (records.size() < expected) {
      consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
    }
    return records;
  }
}
