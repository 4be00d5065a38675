package dev.tributary.pipelines.demo;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Sends deliveries to a Kafka topic, in order within a partition, each once (idempotent producer).
 * The partition follows from the key as Kafka's own partitioner has it; the record's timestamp is
 * the time of receipt.
 */
public final class DeliveryProducer implements AutoCloseable {

  private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String bootstrapServers;
  private final String topic;
  private final int partitions;
  private final long[] present;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * Opens a producer for an existing topic.
   *
   * @param bootstrapServers {@code host:port}, comma-separated
   */
  public DeliveryProducer(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            settings(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    this.partitions = producer.partitionsFor(topic).size();
    this.present = new long[partitions];
  }

  /**
   * Takes up deliveries that an earlier producer of the same source broke off: of each partition,
   * as many as it holds are passed over. Equal sources fill each partition in equal order, so what
   * it holds is what they begin with.
   *
   * @param endOffsets of every partition of the topic
   */
  public void resumeAfter(Map<Integer, Long> endOffsets) {
    endOffsets.forEach((partition, end) -> present[partition] = end);
  }

  /**
   * Sends all deliveries that are left and waits until the broker has them.
   *
   * @param progress is told how many were sent, every 1,000 and at the end
   * @return how many were sent
   */
  public long sendAll(Iterator<Delivery> deliveries, LongConsumer progress) {
    return send(deliveries, Long.MAX_VALUE, progress);
  }

  /** Like {@link #sendAll}, but {@code most} deliveries at the most. */
  public long send(Iterator<Delivery> deliveries, long most, LongConsumer progress) {
    long sent = 0;
    while (sent < most && deliveries.hasNext()) {
      send(deliveries.next());
      sent++;
      if (sent % 1_000 == 0) {
        progress.accept(sent);
      }
    }
    flush();
    progress.accept(sent);
    return sent;
  }

  /**
   * Hands one delivery to the producer, which sends it in its own time; or passes it over, where
   * {@link #resumeAfter} says that it is there.
   */
  public void send(Delivery delivery) {
    failIfRefused();
    int partition = (partitionOf(delivery.key()) + delivery.partitionShift()) % partitions;
    if (present[partition] > 0) {
      present[partition]--;
      return;
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            partition,
            delivery.receivedAt().toEpochMilli(),
            delivery.key(),
            delivery.value());
    delivery
        .headers()
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(
        record,
        (metadata, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
  }

  /** Waits until the broker has everything sent so far. */
  public void flush() {
    producer.flush();
    failIfRefused();
  }

  @Override
  public void close() {
    producer.close();
  }

  private int partitionOf(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private void failIfRefused() {
    Exception refused = failure.get();
    if (refused != null) {
      throw new DeliveryException(
          "The broker at %s did not take a record for topic '%s': %s"
              .formatted(bootstrapServers, topic, refused.getMessage()),
          refused);
    }
  }

  private static Properties settings(String bootstrapServers) {
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TimeUnit.SECONDS.toMillis(30));
    return settings;
  }
}
