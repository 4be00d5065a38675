package dev.tributary.pipelines.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.TopicProbe;
import dev.tributary.pipelines.broker.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeliveryProducerTest {

  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.startTemporary();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void putsACopyOverAnotherPartitionAndADuplicateOverTheSame() {
    ShopConfig config = ShopConfig.ofSize(5, 20_000);
    Shop shop = send(config, "copies");
    ShopTruth truth = shop.truth();
    assertThat(truth.crossPartitionCopies()).isPositive();
    Map<String, List<Integer>> partitionsById = new HashMap<>();
    for (var record : TopicProbe.readBytes(broker.bootstrapServers(), "copies")) {
      String id = messageId(record);
      if (id != null) {
        partitionsById.computeIfAbsent(id, any -> new ArrayList<>()).add(record.partition());
      }
    }
    long duplicates = 0;
    long copies = 0;
    for (List<Integer> partitions : partitionsById.values()) {
      long distinct = partitions.stream().distinct().count();
      copies += distinct - 1;
      duplicates += partitions.size() - distinct;
    }
    assertThat(copies).isEqualTo(truth.crossPartitionCopies());
    assertThat(duplicates).isBetween(truth.duplicates() - 5, truth.duplicates());
  }

  @Test
  void keepsBytesHeadersTombstonesAndTimes() {
    ShopConfig config = ShopConfig.ofSize(5, 20_000);
    send(config, "bytes");
    Map<Long, Integer> times = new HashMap<>();
    Shop again = new Shop(config);
    while (again.hasNext()) {
      times.merge(fingerprint(again.next()), 1, Integer::sum);
    }
    for (var record : TopicProbe.readBytes(broker.bootstrapServers(), "bytes")) {
      times.merge(fingerprint(record), -1, Integer::sum);
    }
    assertThat(times.values()).containsOnly(0);
  }

  private static Shop send(ShopConfig config, String topic) {
    new Topics(broker.bootstrapServers()).create(topic, 4);
    Shop shop = new Shop(config);
    List<Long> progress = new ArrayList<>();
    try (DeliveryProducer producer = new DeliveryProducer(broker.bootstrapServers(), topic)) {
      long sent = producer.sendAll(shop, progress::add);
      assertThat(sent).isEqualTo(shop.truth().produced());
      assertThat(progress).contains(1_000L).endsWith(sent);
    }
    return shop;
  }

  /** Null for broken records and the few events that have none. */
  private static String messageId(ConsumerRecord<byte[], byte[]> record) {
    var header = record.headers().lastHeader("ce_id");
    if (header != null) {
      return new String(header.value(), StandardCharsets.UTF_8);
    }
    if (record.value() == null) {
      return null;
    }
    String text = new String(record.value(), StandardCharsets.UTF_8);
    String field = text.startsWith("{\"specversion\"") ? "\"id\":\"" : "\"messageId\":\"";
    int at = text.indexOf(field);
    return at < 0 ? null : text.substring(at + field.length(), at + field.length() + 36);
  }

  private static long fingerprint(Delivery delivery) {
    return fingerprint(
        delivery.key(),
        delivery.value(),
        delivery.headers().hashCode(),
        delivery.receivedAt().toEpochMilli());
  }

  private static long fingerprint(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return fingerprint(record.key(), record.value(), headers.hashCode(), record.timestamp());
  }

  private static long fingerprint(byte[] key, byte[] value, int headers, long time) {
    long hash = Arrays.hashCode(key);
    hash = hash * 1_000_003 + Arrays.hashCode(value);
    hash = hash * 1_000_003 + headers;
    return hash * 1_000_003 + time;
  }
}
